public import Foundation

/// One fixed byte form for every value that is hashed, signed or compared.
///
/// Keys are sorted, there is no white space, slashes are not escaped, dates are ISO 8601 in UTC with whole seconds.
/// What is signed is always the *stored bytes*: a verifier never re-encodes a value before it checks a signature.
public enum CanonicalJSON {
    public static func encode(_ value: some Encodable) throws -> Data {
        try encoder([.sortedKeys, .withoutEscapingSlashes]).encode(value)
    }

    /// The same value for people: indented, keys sorted.
    public static func encodePretty(_ value: some Encodable) throws -> Data {
        try encoder([.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]).encode(value)
    }

    /// - Throws: ``CoreError`` `.malformedJSON`, naming the field at fault and never the value in it.
    public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        do {
            let decoder = JSONDecoder()
            decoder.dateDecodingStrategy = .iso8601
            return try decoder.decode(type, from: data)
        } catch let error as any ConsiliumError {
            throw error
        } catch let error as DecodingError {
            throw CoreError(.malformedJSON, "This is not a valid \(type): \(explain(error)).")
        }
    }

    private static func encoder(_ formatting: JSONEncoder.OutputFormatting) -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = formatting
        encoder.dateEncodingStrategy = .iso8601
        return encoder
    }

    private static func explain(_ error: DecodingError) -> String {
        func path(_ context: DecodingError.Context) -> String {
            let keys = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
            return keys.isEmpty ? "the top level" : "“\(keys.joined(separator: "."))”"
        }
        switch error {
        case .keyNotFound(let key, let context): return "“\(key.stringValue)” is missing in \(path(context))"
        case .typeMismatch(let type, let context): return "\(path(context)) is not a \(type)"
        case .valueNotFound(let type, let context): return "\(path(context)) is null where a \(type) is needed"
        case .dataCorrupted(let context) where context.codingPath.isEmpty:
            // Foundation does not say where a date or a number out of range stands.
            return "it is no valid JSON, or a date or a number in it has a form that can't be read"
        case .dataCorrupted(let context): return "\(path(context)) can't be read"
        @unknown default: return "it can't be read"
        }
    }
}
