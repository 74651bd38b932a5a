/// One turn of a conversation.
public struct ChatMessage: Sendable, Equatable, Codable {
    /// Who speaks. A closed list, because templates build control tokens from it.
    public enum Role: String, Sendable, Codable, CaseIterable {
        case system, user, assistant, tool
    }

    public var role: Role
    /// Plain text. Nothing in it can steer the model: see ``RenderedChat``.
    public var content: String

    public init(role: Role, content: String) {
        self.role = role
        self.content = content
    }
}

/// A value for a variable of a chat template, such as Qwen 3's `enable_thinking`.
///
/// Texts count as foreign: a control token's name in them stays text.
public enum ChatVariable: Sendable, Equatable {
    case bool(Bool)
    case integer(Int)
    case text(String)

    var value: JinjaValue {
        switch self {
        case .bool(let value): .bool(value)
        case .integer(let value): .integer(value)
        case .text(let text): JinjaValue(text, isForeign: true)
        }
    }
}
