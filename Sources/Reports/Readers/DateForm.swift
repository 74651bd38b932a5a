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
