/// How the next token is chosen and where the text ends.
public struct SamplingSettings: Sendable, Equatable {
    /// The most new tokens.
    public var maximumTokens: Int
    /// 0 takes the most likely token; below 1 the distribution is sharper than the model's own, above 1 flatter.
    public var temperature: Double
    /// Draw only among the `topK` most likely tokens; `nil` for all.
    public var topK: Int?
    /// Draw only among the fewest most likely tokens that together have at least this probability (nucleus sampling;
    /// Holtzman et al. 2020); 1 for all. It is applied after `temperature` and `topK`, to what they leave.
    public var topP: Double
    /// Equal seeds give equal text.
    public var seed: UInt64
    /// Generation ends before any of these; `nil` takes the model's own.
    public var stopTokens: [Int32]?
    /// The text ends before any of these, see ``StopStringFilter``. A model itself knows only tokens: whoever decodes them
    /// applies the filter and ends the generation.
    public var stopStrings: [String]

    public init(
        maximumTokens: Int = 128, temperature: Double = 0, topK: Int? = nil, topP: Double = 1, seed: UInt64 = 0,
        stopTokens: [Int32]? = nil, stopStrings: [String] = []
    ) {
        self.maximumTokens = maximumTokens
        self.temperature = temperature
        self.topK = topK
        self.topP = topP
        self.seed = seed
        self.stopTokens = stopTokens
        self.stopStrings = stopStrings
    }

    /// The longest stop string in bytes of UTF-8, and how many there may be: each byte of the text is compared with all.
    static let longestStopString = 1024
    static let mostStopStrings = 64

    /// - Throws: ``LanguageModelsError`` `.invalidConfiguration`, saying which setting to change.
    public func validate() throws {
        func require(_ condition: Bool, _ message: String) throws {
            guard condition else { throw LanguageModelsError(.invalidConfiguration, message) }
        }
        try require(maximumTokens >= 0, "The number of new tokens can't be negative.")
        try require(temperature.isFinite && temperature >= 0, "The temperature must be 0 or more.")
        try require(topK.map { $0 >= 1 } ?? true, "Top-k must be at least 1. Leave it out to draw among all tokens.")
        try require(topP > 0 && topP <= 1, "Top-p must be above 0 and at most 1.")
        try require(
            stopStrings.count <= Self.mostStopStrings, "At most \(Self.mostStopStrings) stop strings can be given.")
        try require(stopStrings.allSatisfy { !$0.isEmpty }, "A stop string can't be empty.")
        try require(
            stopStrings.allSatisfy { $0.utf8.count <= Self.longestStopString },
            "A stop string can have at most \(Self.longestStopString) bytes.")
    }
}
