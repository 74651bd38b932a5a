public import Foundation

/// How a model wants a conversation written down: the model's own Jinja template, or a built-in one of its family.
///
/// A template is foreign input. It is read by an interpreter of its own that knows the part of Jinja that the supported
/// families use; anything else in a template is an error that names it. Work, output and depth are bounded.
public struct ChatTemplate: Sendable {
    enum Form: Sendable {
        case jinja([JinjaStatement])
        case builtIn(Family)
    }

    let form: Form

    /// A template in the Jinja subset, with `trim_blocks` and `lstrip_blocks` as Hugging Face sets them.
    /// - Throws: ``TokenizersError`` `.unusableTemplate` naming the line and what is wrong or not supported there.
    public init(jinja source: String) throws {
        guard source.utf8.count <= 1 << 20 else {
            throw TokenizersError(
                .unusableTemplate,
                "The model's chat template is larger than 1 MiB. Use another template for this model.")
        }
        form = .jinja(try JinjaParser.statements(of: source))
    }

    /// The built-in template of a family.
    public init(_ family: Family) { form = .builtIn(family) }

    /// The conversation as text with its origin.
    ///
    /// - Parameters:
    ///   - addGenerationPrompt: whether to end with what makes the model answer.
    ///   - bosToken: the spelling of the token that begins a text, if the model has one; `eosToken` likewise for the
    ///     end.
    ///   - variables: further variables of the template.
    ///   - date: what `strftime_now` says. Without it that function is undefined, and templates that ask for it
    ///     (`strftime_now is defined`) write the date that is fixed in them, so that equal messages give equal tokens.
    /// - Throws: ``TokenizersError`` `.refusedChat` if the template doesn't take these messages, `.unusableTemplate` if
    ///   it fails. Neither message holds any text of `messages`.
    public func render(
        _ messages: [ChatMessage], addGenerationPrompt: Bool, bosToken: String? = nil, eosToken: String? = nil,
        variables: [String: ChatVariable] = [:], date: Date? = nil
    ) throws -> RenderedChat {
        switch form {
        case .builtIn(let family):
            return try BuiltInChat.render(
                messages, family, addGenerationPrompt: addGenerationPrompt, bosToken: bosToken ?? "",
                eosToken: eosToken ?? "", variables: variables)
        case .jinja(let statements):
            var values: [String: JinjaValue] = [
                "messages": .list(
                    messages.map { message in
                        .dictionary([
                            (JinjaText("role"), JinjaValue(message.role.rawValue)),
                            (JinjaText("content"), JinjaValue(message.content, isForeign: true)),
                        ])
                    }),
                "tools": .none, "documents": .none, "add_generation_prompt": .bool(addGenerationPrompt),
            ]
            // A model without such a token leaves the name undefined, as the reference does.
            values["bos_token"] = bosToken.map { JinjaValue($0) }
            values["eos_token"] = eosToken.map { JinjaValue($0) }
            values.merge(variables.mapValues(\.value)) { $1 }
            let size = messages.reduce(0) { $0 + $1.content.utf8.count + 250 }
            let result = try JinjaInterpreter.run(statements, variables: values, inputSize: size, clock: date)
            return RenderedChat(content: result.text, assistant: result.hasGeneration ? result.assistant : nil)
        }
    }
}
