import Foundation

@testable import Deidentification

extension NoteCorpus.Note {
    /// The labels of the patient's own listed name, record number, birth date, SSN and phone that `output` still shows.
    ///
    /// A part of the name counts when the output has it more often than the note has it as an ordinary word.
    func ownIdentifiers(leftIn output: String) -> [IdentifierLabel] {
        let shown = Self.folded(output)
        let ordinary = Self.folded(outsideSpans)
        let compact = shown.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        let digits = output.filter { !" \n().-/".contains($0) }
        return own.compactMap { item in
            switch item.label {
            case .name:
                let names = Self.words(Self.folded(item.value))
                    // What registration writes for a newborn is no name.
                    .filter { $0.count > 2 && !["baby", "boy", "girl"].contains($0) }
                return names.contains { Self.count($0, shown) > Self.count($0, ordinary) } ? .name : nil
            case .date:
                return Self.shows(item.value, shown) && !Self.shows(item.value, ordinary) ? .date : nil
            case .medicalRecordNumber:
                let code = Self.folded(item.value).filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
                return code.count > 4 && compact.contains(code) ? .medicalRecordNumber : nil
            case .socialSecurityNumber, .phone:
                let code = item.value.filter { $0.isASCII && $0.isNumber }
                return !code.isEmpty && digits.contains(code) ? item.label : nil
            default: return nil
            }
        }
    }

    private var outsideSpans: String {
        var left = scalars
        for span in spans { for index in span.range { left[index] = " " } }
        return String(String.UnicodeScalarView(left))
    }

    private static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    }

    private static func words(_ text: String) -> [Substring] { text.split { !$0.isLetter } }

    private static func count(_ word: Substring, _ text: String) -> Int { words(text).count { $0 == word } }

    /// Whether a text has a date (year-month-day) in digits or with the month's name.
    private static func shows(_ date: String, _ text: String) -> Bool {
        let parts = date.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (1...12).contains(parts[1]) else { return false }
        let (year, month, day) = (parts[0], parts[1], parts[2])
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        let short = String(format: "%02d", year % 100)
        let years = ["\(year)", "\(year % 100)"]
        let two = [String(format: "%02d", month), String(format: "%02d", day)]
        // Numbers and months in their order, whatever stands between them.
        let numbers = text.split { !$0.isLetter && !$0.isNumber }.map { word in
            names.contains(String(word.prefix(3))) ? String(word.prefix(3)) : trimmed(word)
        }
        let (m, d, name) = ("\(month)", "\(day)", names[month - 1])
        let sequences =
            years.flatMap { [[m, d, $0], [d, m, $0], [name, d, $0], [d, name, $0]] }
            + [["\(year)", m, d], ["\(year)", name, d]]
        if sequences.contains(where: { numbers.contains($0) }) { return true }
        let written = [two[0] + two[1] + "\(year)", two[0] + two[1] + short, "\(year)" + two[0] + two[1]]
        return text.split { !$0.isNumber }.contains { written.contains(String($0)) }
    }

    /// A number without leading zeros and ordinal ending.
    private static func trimmed(_ word: Substring) -> String {
        let digits = word.prefix { $0.isNumber }
        guard !digits.isEmpty, ["", "st", "nd", "rd", "th"].contains(String(word.dropFirst(digits.count))) else {
            return String(word)
        }
        return digits.count > 2 ? String(digits) : Int(digits).map(String.init) ?? String(digits)
    }
}
