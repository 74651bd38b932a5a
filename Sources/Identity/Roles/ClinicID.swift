/// The name of a clinic in certificates, rosters, file names and reports: `[a-z0-9-]`, 2 to 40 characters, with a
/// letter or digit first, so that it is never taken for a command-line option.
public struct ClinicID: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let text: String

    /// - Throws: ``IdentityError`` `.malformedName`.
    public init(_ text: String) throws {
        guard Self.isName(text, length: 2...40) else {
            throw IdentityError(
                .malformedName,
                "A clinic's id has 2 to 40 lower-case letters, digits and hyphens and begins with a letter or digit, "
                    + "such as “lakeside-radiology”. Choose one of that form.")
        }
        self.text = text
    }

    public var description: String { text }

    public static func < (left: ClinicID, right: ClinicID) -> Bool { left.text < right.text }

    static func isName(_ text: String, length: ClosedRange<Int>) -> Bool {
        let bytes = Array(text.utf8)
        guard length.contains(bytes.count), bytes.first != UInt8(ascii: "-") else { return false }
        return bytes.allSatisfy {
            ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z")) || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9"))
                || $0 == UInt8(ascii: "-")
        }
    }
}

extension ClinicID: Codable {
    public init(from decoder: any Decoder) throws { try self.init(decoder.singleValueContainer().decode(String.self)) }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
