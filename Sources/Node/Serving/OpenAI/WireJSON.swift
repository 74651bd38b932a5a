internal import Foundation

/// JSON as it goes over the wire of the OpenAI interface.
enum WireJSON {
    /// - Throws: ``OpenAIFault`` that names the place of what is wrong, never its content.
    static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch let fault as OpenAIFault {
            throw fault
        } catch let error as DecodingError {
            throw fault(error)
        } catch {
            throw OpenAIFault(400, "The body is no JSON. Send one JSON object.", code: "invalid_json")
        }
    }

    static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    private static func fault(_ error: DecodingError) -> OpenAIFault {
        func path(_ context: DecodingError.Context, _ key: (any CodingKey)? = nil) -> String {
            (context.codingPath + (key.map { [$0] } ?? [])).map { $0.intValue.map(String.init) ?? $0.stringValue }
                .joined(separator: ".")
        }
        switch error {
        case .keyNotFound(let key, let context):
            let name = path(context, key)
            return .parameter(name, "“\(name)” is missing.", code: "missing_required_parameter")
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            let name = path(context)
            guard !name.isEmpty else {
                return OpenAIFault(400, "The body is not a JSON object. Send one.", code: "invalid_json")
            }
            return .parameter(name, "“\(name)” has a value of the wrong type.", code: "invalid_type")
        case .dataCorrupted(let context):
            let name = path(context)
            guard !name.isEmpty else {
                return OpenAIFault(400, "The body is no JSON. Send one JSON object.", code: "invalid_json")
            }
            return .parameter(name, "“\(name)” has a value that is not possible here.", code: "invalid_value")
        @unknown default:
            return OpenAIFault(400, "The body can't be understood.", code: "invalid_json")
        }
    }
}
