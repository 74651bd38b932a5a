internal import Foundation

/// Brings the dates of records to `yyyy-MM-dd` where they are unambiguous.
enum DateForm {
    /// ISO and HL7 forms only; any other is returned as it is, because 03/04/1961 means two days.
    static func day(_ text: String?) -> String? {
        guard let text = text?.trimmingCharacters(in: .whitespaces), !text.isEmpty else { return nil }
        let scalars = Array(text.unicodeScalars)
        func digits(_ range: Range<Int>) -> Bool {
            range.upperBound <= scalars.count && scalars[range].allSatisfy { ("0"..."9").contains($0) }
        }
        func part(_ range: Range<Int>) -> String { String(String.UnicodeScalarView(scalars[range])) }
        if digits(0..<8) { return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))" }
        if digits(0..<4), digits(5..<7), digits(8..<10), scalars[4] == "-", scalars[7] == "-" { return part(0..<10) }
        return text
    }
}

extension DateForm {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    private static let spanishMonths = [
        "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic",
    ]

    /// The ISO day that a record's date means, to be shown beside others; `nil` where it means none or may mean two.
    ///
    /// Beside the forms of ``day(_:)``: year first, months in words, dots (day first), and slashes or hyphens where only one order is
    /// possible.
    static func isoDay(_ text: String) -> String? {
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        if let known = day(trimmed), known.count == 10, let found = iso(known.split(separator: "-")) { return found }
        let isDotted = trimmed.contains(".") && !trimmed.contains("/")
        let words = trimmed.lowercased().split { !$0.isLetter && !$0.isNumber }.filter { $0 != "de" && $0 != "del" }
        // A weekday before it says nothing more.
        let parts = Array(words.drop { $0.allSatisfy(\.isLetter) && month($0) == nil }.prefix(3))
        guard parts.count == 3 else { return nil }
        if let month = month(parts[0]) { return iso(parts[2], month, ordinal(parts[1])) }
        if let month = month(parts[1]) {
            return parts[0].count == 4
                ? iso(parts[0], month, ordinal(parts[2])) : iso(parts[2], month, ordinal(parts[0]))
        }
        if parts[0].count == 4 { return iso(parts) }
        guard let first = Int(parts[0]), let second = Int(parts[1]) else { return nil }
        if isDotted || first == second || (first > 12 && second <= 12) { return iso(parts[2], second, first) }
        return second > 12 && first <= 12 ? iso(parts[2], first, second) : nil
    }

    private static func month(_ word: Substring) -> Int? {
        guard word.count >= 3, word.allSatisfy(\.isLetter) else { return nil }
        let begin = String(word.prefix(3))
        return (months.firstIndex(of: begin) ?? spanishMonths.firstIndex(of: begin)).map { $0 + 1 }
    }

    /// “3rd” is 3.
    private static func ordinal(_ word: Substring) -> Int? {
        let digits = word.prefix { $0.isASCII && $0.isNumber }
        return ["", "st", "nd", "rd", "th"].contains(word.dropFirst(digits.count)) ? Int(digits) : nil
    }

    /// Year, month, day.
    private static func iso(_ parts: [Substring]) -> String? {
        guard parts.count == 3, let month = Int(parts[1]) else { return nil }
        return iso(parts[0], month, Int(parts[2]))
    }

    private static func iso(_ year: Substring, _ month: Int, _ day: Int?) -> String? {
        guard year.count == 4, let year = Int(year), let day, (1...12).contains(month) else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let last = month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
        guard (1...last).contains(day) else { return nil }
        return String(format: "%04d-%02d-%02d", year, month, day)
    }
}
