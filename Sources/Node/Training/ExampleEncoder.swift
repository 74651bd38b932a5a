internal import Foundation
internal import LanguageModels
internal import Reports
internal import Tokenizers

/// Turns examples into tokens. Continued text is `[begin] + tokens + [end]` where the tokenizer has those tokens; a pair is a
/// question and its answer in the base model's chat form, or one behind the other where it has none.
struct ExampleEncoder: Sendable {
    let tokenizer: Tokenizer
    /// `nil` for base models that were never taught a conversation.
    let chat: ChatTemplate?
    /// Templates may ask for the day; all examples get the same, and the same on every run.
    private static let day = Date(timeIntervalSince1970: 1_704_067_200)

    init(tokenizer: Tokenizer, chat: ChatTemplate?) {
        self.tokenizer = tokenizer
        self.chat = chat
    }

    /// With the chat template of a model's folder, if it has one.
    /// - Throws: ``TokenizersError`` for a template that is there and can't be read.
    init(tokenizer: Tokenizer, modelFolder: URL) throws {
        self.tokenizer = tokenizer
        do {
            chat = try ChatTemplate.load(from: modelFolder, tokenizer: tokenizer)
        } catch let error as TokenizersError where error.code == .noChatTemplate {
            chat = nil
        }
    }

    func document(_ example: TrainingExample) throws -> ClinicDataset.Document {
        let bytes = example.response.utf8.count
        guard let prompt = example.prompt else {
            let ids = tokenizer.beginning + (try tokenizer.encode(example.response)) + tokenizer.ending
            return ClinicDataset.Document(ids: ids, labels: ids, bytes: bytes)
        }
        if let chat {
            let messages = [
                ChatMessage(role: .user, content: prompt), ChatMessage(role: .assistant, content: example.response),
            ]
            let (ids, supervised) = try tokenizer.encodeChat(messages, template: chat, date: Self.day)
            let labels = zip(ids, supervised).map { $1 ? $0 : TokenSequence.ignored }
            return ClinicDataset.Document(ids: ids, labels: labels, bytes: bytes)
        }
        let given = tokenizer.beginning + (try tokenizer.encode(prompt))
        let wanted = try tokenizer.encode(example.response) + tokenizer.ending
        let labels = given.map { _ in TokenSequence.ignored } + wanted
        return ClinicDataset.Document(ids: given + wanted, labels: labels, bytes: bytes)
    }
}
