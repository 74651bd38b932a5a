internal import Tensors

/// Several texts that a model continues together: every ``step()`` reads the weights once and gives each text its next token.
/// Texts come and go between steps (iteration-level scheduling; Yu et al. 2022, Orca).
///
/// What a finished text has computed is kept for others that begin with the same tokens, up to a limit of memory. A text's
/// tokens do not depend on which others are in the batch beyond the last digits of the logits: where two tokens are all but
/// equally likely, greedy choice may differ from ``LanguageModel/generate(prompt:adapter:settings:onToken:)``.
///
/// Use it from one task or thread.
public final class ContinuousBatch {
    /// Names a text as long as it is in the batch.
    public struct TextID: Hashable, Sendable {
        let number: Int
    }

    /// What a step did for one text.
    public struct Progress: Sendable {
        public enum State: Sendable, Equatable {
            /// The text has one more token, and goes on.
            case token(GeneratedToken)
            /// The last token; the text has left the batch because it is as long as it may be.
            case lastToken(GeneratedToken)
            /// A stop token was chosen. The text has left the batch.
            case stopped
            /// The logits were not finite. The text has left the batch.
            case failed(LanguageModelsError)
        }

        public let text: TextID
        public let state: State
    }

    private final class Text {
        let id: TextID
        let cache: KeyValueCache
        let cacheBytes: Int
        /// The prompt and all tokens so far.
        var tokens: [Int32]
        var sampler: TokenSampler
        var left: Int
        let stops: Set<Int32>
        let alternatives: Int?

        init(
            id: TextID, cache: KeyValueCache, cacheBytes: Int, tokens: [Int32], sampler: TokenSampler, left: Int,
            stops: Set<Int32>, alternatives: Int?
        ) {
            self.id = id
            self.cache = cache
            self.cacheBytes = cacheBytes
            self.tokens = tokens
            self.sampler = sampler
            self.left = left
            self.stops = stops
            self.alternatives = alternatives
        }
    }

    public let model: LanguageModel
    /// The most bytes of keys and values, of running texts and kept ones together.
    public let cacheLimit: Int
    private let pass: TransformerPass
    private var texts: [Text] = []
    private var store: PrefixStore
    private var runningBytes = 0
    private var nextNumber = 0
    private var logits: [Float]

    /// More rows are computed in several steps, so that the workspace stays small.
    static let rowsPerStep = 2048

    /// - Throws: ``LanguageModelsError`` `.invalidConfiguration` for a model that can't continue texts, `.adapterMismatch`.
    public init(model: LanguageModel, adapter: LoRAAdapter? = nil, cacheLimit: Int = 1 << 30) throws {
        guard model.configuration.isCausal, model.configuration.head == .languageModel else {
            throw LanguageModelsError(
                .invalidConfiguration,
                "This \(model.configuration.family.rawValue) model can't continue a text: it sees all of it at once. Use a causal model."
            )
        }
        self.model = model
        self.cacheLimit = max(0, cacheLimit)
        pass = try TransformerPass(model: model, adapter: adapter, purpose: .forward)
        store = PrefixStore(limit: self.cacheLimit)
        logits = [Float](repeating: 0, count: model.configuration.vocabularySize)
    }

    /// How many texts are being continued.
    public var count: Int { texts.count }

    /// The bytes of keys and values that a text needs at its longest.
    public func cacheBytes(prompt: Int, settings: SamplingSettings) -> Int {
        KeyValueCache.bytes(tokens: capacity(prompt, settings), model.configuration)
    }

    /// Whether there is memory for one more text; kept prefixes give way.
    public func hasRoom(prompt: Int, settings: SamplingSettings) -> Bool {
        runningBytes + cacheBytes(prompt: prompt, settings: settings) <= cacheLimit
    }

    /// Adds a text; the next step computes its first token.
    ///
    /// - Parameter alternatives: how many of the most likely tokens to tell at each place; `nil` for no probabilities.
    /// - Returns: the text's name, and how many tokens of the prompt were known already.
    /// - Throws: ``LanguageModelsError`` `.invalidTokens` for an empty or too long prompt or ids outside of the vocabulary,
    ///   `.invalidConfiguration` for settings that make no sense or a text that needs more than the whole memory limit.
    public func add(
        prompt: [Int32], settings: SamplingSettings, alternatives: Int? = nil
    ) throws -> (text: TextID, reused: Int) {
        try settings.validate()
        guard !prompt.isEmpty, prompt.count < model.maximumLength else {
            throw LanguageModelsError(
                .invalidTokens,
                "The prompt has \(prompt.count) tokens; it may have 1 to \(model.maximumLength - 1) for this model.")
        }
        try model.check(TokenSequence(prompt))
        let sampler = try TokenSampler(settings)
        let bytes = cacheBytes(prompt: prompt.count, settings: settings)
        guard runningBytes + bytes <= cacheLimit else {
            throw LanguageModelsError(
                .invalidConfiguration,
                "There is no memory for the keys and values of this text at the moment. Ask for fewer tokens, or wait.")
        }
        let cache = try KeyValueCache(
            configuration: model.configuration, capacity: capacity(prompt.count, settings), backend: model.backend)
        // The last token is always computed: its logits are wanted.
        let known = prompt.dropLast()
        var reused = store.best(for: known)
        for other in texts {
            let count = min(PrefixStore.common(known, other.tokens[...]), other.cache.count)
            if count >= PrefixStore.shortest, count > reused?.count ?? 0 { reused = (other.cache, count) }
        }
        if let (other, count) = reused {
            cache.takePrefix(of: other, count: count, layers: model.configuration.layers)
        }
        store.makeRoom(for: runningBytes + bytes)
        runningBytes += bytes
        nextNumber += 1
        let id = TextID(number: nextNumber)
        texts.append(
            Text(
                id: id, cache: cache, cacheBytes: bytes, tokens: prompt, sampler: sampler,
                left: wanted(prompt.count, settings),
                stops: Set(settings.stopTokens ?? model.configuration.endOfText), alternatives: alternatives))
        return (id, cache.count)
    }

    /// Takes a text out. One that is not there any more is no error.
    public func remove(_ id: TextID) {
        guard let index = texts.firstIndex(where: { $0.id == id }) else { return }
        retire(texts.remove(at: index))
    }

    /// One pass: a token for every text whose prompt is complete. Prompts of more than 2048 tokens take several steps.
    /// - Throws: ``TensorsError`` `.outOfMemory`; the texts are then as before.
    public func step() throws -> [Progress] {
        // Without a token wanted there is nothing to compute.
        let idle = texts.filter { $0.left == 0 }
        for text in idle { remove(text.id) }
        var progress = idle.map { Progress(text: $0.id, state: .stopped) }
        guard !texts.isEmpty else { return progress }
        var batch = PackedBatch(token: 0, position: 0)
        (batch.ids, batch.positions, batch.spans) = ([], [], [])
        var rows: [(text: Text, rows: SessionRows)] = []
        // Those that wait for one token first: they never stand behind somebody's long prompt.
        let missing = { (text: Text) in text.tokens.count - text.cache.count }
        for text in texts.filter({ missing($0) == 1 }) + texts.filter({ missing($0) > 1 }) {
            let count = min(missing(text), Self.rowsPerStep)
            // Part of a prompt at a time only where it is too long for any step.
            guard batch.count == 0 || batch.count + count <= Self.rowsPerStep else { continue }
            rows.append((text, SessionRows(cache: text.cache, start: batch.count, count: count)))
            batch.ids += text.tokens[text.cache.count..<text.cache.count + count]
            batch.positions += (0..<count).map { Int32(text.cache.count + $0) }
        }
        try pass.forward(batch, sessions: rows.map(\.rows))
        let complete = rows.filter { $0.text.cache.count == $0.text.tokens.count }
        for start in stride(from: 0, to: complete.count, by: pass.workspace.headRows) {
            let part = complete[start..<min(start + pass.workspace.headRows, complete.count)]
            pass.logits(of: part.map { Int32($0.rows.start + $0.rows.count - 1) })
            let view = pass.workspace.view(pass.workspace.logits)
            for (row, item) in part.enumerated() {
                logits.withUnsafeMutableBufferPointer {
                    model.backend.download($0, from: view.dropping(rows: row).pointer)
                }
                try model.backend.synchronize()
                progress.append(Progress(text: item.text.id, state: choose(for: item.text)))
            }
        }
        return progress
    }

    /// The next token by the logits at hand.
    private func choose(for text: Text) -> Progress.State {
        logits.withUnsafeBufferPointer { logits in
            do {
                let token = try text.sampler.next(logits)
                guard !text.stops.contains(token) else {
                    remove(text.id)
                    return .stopped
                }
                let generated = GeneratedToken(token, logits: logits, alternatives: text.alternatives)
                text.tokens.append(token)
                text.left -= 1
                guard text.left > 0 else {
                    remove(text.id)
                    return .lastToken(generated)
                }
                return .token(generated)
            } catch let error as LanguageModelsError {
                remove(text.id)
                return .failed(error)
            } catch {
                remove(text.id)
                return .failed(LanguageModelsError(.numericalFault, "The next token can't be chosen.", cause: error))
            }
        }
    }

    private func retire(_ text: Text) {
        runningBytes -= text.cacheBytes
        store.makeRoom(for: runningBytes + text.cacheBytes)
        store.keep(text.tokens, text.cache, bytes: text.cacheBytes)
    }

    private func wanted(_ prompt: Int, _ settings: SamplingSettings) -> Int {
        max(0, min(settings.maximumTokens, model.maximumLength - prompt))
    }

    private func capacity(_ prompt: Int, _ settings: SamplingSettings) -> Int { prompt + wanted(prompt, settings) }
}
