internal import ConsiliumCore
public import Foundation
public import LanguageModels
internal import Tensors
internal import Tokenizers

/// A base model with its tokenizer and chat template, and an adapter on it or none: what answers in `chat` and `serve`.
public struct AssistantModel: Sendable {
    /// What clients call it: the adapter's folder, or the base model's.
    public let name: String
    public let baseName: String
    public let adapterName: String?
    /// Where what is known about its quality would lie.
    let folder: URL
    let model: LanguageModel
    let adapter: LoRAAdapter?
    let tokenizer: Tokenizer
    /// `nil` for a model that was never taught a conversation.
    let chat: ChatTemplate?
    let stopTokens: [Int32]

    /// - Parameter name: `nil` for the folder's own.
    /// - Throws: what loading the model, its tokenizer, its template and the adapter throws; ``NodeError`` `.badInput`.
    public static func load(
        model folder: URL, adapter adapterFolder: URL?, name: String? = nil, storage: BaseStorage = .automatic,
        device: ComputeDevice = .cpu, threads: Int = 1
    ) throws -> AssistantModel {
        try ThreadCount.check(threads)
        ComputeThreads.set(threads)
        let tokenizer = try Tokenizer.load(from: folder)
        let model = try LanguageModel.load(from: folder, storage: storage, backend: device.backend())
        let adapter = try adapterFolder.map { try LoRAAdapter.load(from: $0, for: model.configuration) }
        return AssistantModel(
            name: name, baseName: folder.standardizedFileURL.lastPathComponent,
            adapterName: adapterFolder?.standardizedFileURL.lastPathComponent, folder: adapterFolder ?? folder,
            model: model, adapter: adapter, tokenizer: tokenizer, chat: try template(folder, tokenizer))
    }

    private init(
        name: String?, baseName: String, adapterName: String?, folder: URL, model: LanguageModel,
        adapter: LoRAAdapter?, tokenizer: Tokenizer, chat: ChatTemplate?
    ) {
        self.name = name ?? adapterName ?? baseName
        self.baseName = baseName
        self.adapterName = adapterName
        self.folder = folder
        self.model = model
        self.adapter = adapter
        self.tokenizer = tokenizer
        self.chat = chat
        stopTokens = tokenizer.stopTokens(of: model.configuration)
    }

    private static func template(_ folder: URL, _ tokenizer: Tokenizer) throws -> ChatTemplate? {
        do {
            return try ChatTemplate.load(from: folder, tokenizer: tokenizer)
        } catch let error as TokenizersError where error.code == .noChatTemplate {
            return nil
        }
    }

    /// Whether it was taught conversations.
    public var hasChat: Bool { chat != nil }

    /// The most tokens of a prompt and its answer together.
    public var maximumLength: Int { model.maximumLength }

    /// The tokens of a conversation that the model is to continue. A control token's name in a message stays text.
    /// - Throws: ``NodeError`` `.badInput` for a model without a chat template; `TokenizersError` `.refusedChat`.
    func prompt(_ messages: [ChatMessage], date: Date = Date()) throws -> [Int32] {
        guard let chat else {
            throw NodeError(
                .badInput,
                "This model has no chat template. Put the one that it was trained with into its folder as chat_template.jinja, or ask it to continue a text."
            )
        }
        return try tokenizer.encodePrompt(messages, template: chat, date: date)
    }

    /// The tokens of a text that the model is to continue, as training lines begin.
    func prompt(_ text: String) throws -> [Int32] {
        tokenizer.beginning + (try tokenizer.encode(text))
    }

    /// A question as training examples put it: in the chat form where the model has one, plain otherwise.
    func question(_ text: String) throws -> [Int32] {
        hasChat ? try prompt([ChatMessage(role: .user, content: text)]) : try prompt(text)
    }
}
