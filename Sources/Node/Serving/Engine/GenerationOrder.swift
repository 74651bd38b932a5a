public import LanguageModels

/// One text to be continued.
public struct GenerationOrder: Sendable {
    public var prompt: [Int32]
    public var sampling: SamplingSettings
    /// How many of the most likely tokens to tell at each place; `nil` for no probabilities.
    public var alternatives: Int?

    public init(prompt: [Int32], sampling: SamplingSettings, alternatives: Int? = nil) {
        self.prompt = prompt
        self.sampling = sampling
        self.alternatives = alternatives
    }
}

/// What happens to an order: perhaps waiting, then pieces, then one of the last two.
public enum GenerationEvent: Sendable {
    /// The order stands in the queue; said every two seconds, so that whoever passes events on notices a client that
    /// left.
    case waiting
    /// Text that can be shown, maybe none, and the tokens that were chosen since the last piece.
    case piece(String, [GeneratedToken])
    case finished(GenerationSummary)
    case failed(GenerationFailure)
}

public struct GenerationSummary: Sendable, Equatable {
    public enum Reason: String, Sendable, Codable {
        /// A stop token or a stop string.
        case stop
        /// As many tokens as were allowed.
        case length
    }

    public var reason: Reason
    public var promptTokens: Int
    /// How many of those another text had computed already.
    public var reusedTokens: Int
    /// Among them those of a stop string.
    public var tokens: Int
}

public enum GenerationFailure: Error, Sendable, Equatable {
    /// The server is being stopped.
    case stopping
    /// A sentence for the client.
    case refused(String)
    /// Our own fault, or the model's.
    case fault(String)
}
