public import Foundation

/// JSON from a model folder: any object that has a key twice is refused, and so is nesting that no such file needs.
public enum StrictJSON: Sendable, Equatable {
    case object([String: StrictJSON])
    case array([StrictJSON])
    case string(String)
    /// As written, because a Double would change large whole numbers.
    case number(String)
    case boolean(Bool)
    case null

    /// How deep objects and arrays may be nested.
    public static let deepest = 64

    /// - Throws: ``TensorsError`` `.malformedFile`; `what` names the text in its message.
    public init(_ data: Data, what: String) throws {
        self = try Self.scan(data, what: what) { scanner in
            let value = try scanner.value(depth: 0)
            try scanner.finish()
            return value
        }
    }

    /// `data`, an object, without its member `name`; every other byte stays as it is.
    /// - Throws: as ``init(_:what:)``.
    public static func removing(_ name: String, from data: Data, what: String) throws -> Data {
        let range = try scan(data, what: what) { try $0.rangeOfMember(name) }
        guard let range else { return data }
        var rest = data
        rest.removeSubrange((rest.startIndex + range.lowerBound)..<(rest.startIndex + range.upperBound))
        return rest
    }

    private static func scan<Result>(
        _ data: Data, what: String, _ body: (inout JSONScanner) throws -> Result
    ) throws -> Result {
        do {
            return try data.withUnsafeBytes { bytes in
                var scanner = JSONScanner(bytes)
                return try body(&scanner)
            }
        } catch let fault as JSONScanner.Fault {
            throw TensorsError(.malformedFile, "\(what) is not sound JSON: \(fault.reason). Get it again.")
        }
    }

    public subscript(_ key: String) -> StrictJSON? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    public var text: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// A whole number written without fraction or exponent.
    public var integer: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text)
    }

    public var double: Double? {
        guard case .number(let text) = self else { return nil }
        return Double(text)
    }

    public var elements: [StrictJSON]? {
        guard case .array(let values) = self else { return nil }
        return values
    }

    public var members: [String: StrictJSON]? {
        guard case .object(let values) = self else { return nil }
        return values
    }
}
