internal import ConsiliumCore
internal import Foundation
internal import LanguageModels
internal import Tokenizers

/// An error in the form of the OpenAI interface, `{"error":{"message","type","param","code"}}`, with its HTTP status.
///
/// Clients decide by the status whether to try again (429, 503) and show the message to people.
struct OpenAIFault: Error, Equatable {
    struct Body: Encodable, Equatable {
        var message: String
        var type: String
        @Nullable var param: String?
        @Nullable var code: String?
    }

    var status: Int
    var body: Body
    /// Seconds after which trying again makes sense.
    var retryAfter: Int?

    init(
        _ status: Int, _ message: String, type: String = "invalid_request_error", param: String? = nil,
        code: String? = nil, retryAfter: Int? = nil
    ) {
        self.status = status
        body = Body(message: message, type: type, param: param, code: code)
        self.retryAfter = retryAfter
    }

    static func parameter(_ name: String, _ message: String, code: String? = nil) -> OpenAIFault {
        OpenAIFault(400, message, param: name, code: code)
    }

    static let unauthorized = OpenAIFault(
        401, "The token is missing or wrong. Give the one that the server printed at its first start as the API key.",
        type: "authentication_error", code: "invalid_api_key")

    static let busy = OpenAIFault(
        503, "Too many requests wait for an answer already. Try again in a few seconds.", type: "server_error",
        code: "overloaded", retryAfter: 2)

    static let stopping = OpenAIFault(
        503, "The server is being stopped. Try again later.", type: "server_error", code: "stopping", retryAfter: 10)

    /// - Returns: our own faults without a cause: what it says stays in the log.
    init(_ error: any Error) {
        switch error {
        case let error as OpenAIFault: self = error
        case let error as GenerationFailure:
            switch error {
            case .stopping: self = .stopping
            case .refused(let message): self.init(400, message)
            case .fault(let message): self.init(500, message, type: "server_error")
            }
        case let error as NodeError where error.code == .busy: self = .busy
        case let error as any ConsiliumError where error.category == .badData:
            self.init(400, error.message)
        default:
            self.init(500, "The server failed inside. Try again later.", type: "server_error")
        }
    }

    struct Reply: Encodable {
        var error: Body
    }
}

/// A value that is written as `null` where there is none; clients look for the key.
@propertyWrapper
struct Nullable<Value: Encodable & Equatable & Sendable>: Encodable, Equatable, Sendable {
    var wrappedValue: Value?

    init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(wrappedValue)
    }
}
