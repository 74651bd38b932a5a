/// The name of a job: 2 to 60 lower-case letters, digits and hyphens, so that it is safe in paths and URLs.
public struct JobID: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
    public let rawValue: String

    /// - Throws: ``FederationError`` `.invalidJob`.
    public init(_ text: String) throws {
        let allowed = text.utf8.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 45 }
        guard (2...60).contains(text.utf8.count), allowed, text.utf8.first != 45 else {
            throw FederationError(
                .invalidJob,
                "A job's id has 2 to 60 lower-case letters, digits and hyphens, such as “cardiology-2026-1”.")
        }
        rawValue = text
    }

    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    public var description: String { rawValue }
    public static func < (left: JobID, right: JobID) -> Bool { left.rawValue < right.rawValue }
}
