/// Where the learned tagger's probabilities become decisions, for each kind of identifier.
///
/// A tagger brings its own thresholds, chosen on texts it was not trained on; a clinic's review may tune them.
public struct DetectionThresholds: Codable, Sendable, Equatable {
    /// A token that identifies with at least this probability is replaced.
    public var accept: [IdentifierLabel: Double]
    /// A weak rule's proposal is dropped if no token of it identifies with this probability.
    public var veto: [IdentifierLabel: Double]
    /// Proposals of rules with this score or a higher one always stand.
    public var strongRule: Double
    /// For kinds that are absent above.
    public var defaultAccept: Double
    /// For kinds that are absent above.
    public var defaultVeto: Double

    public init(
        accept: [IdentifierLabel: Double] = [:], veto: [IdentifierLabel: Double] = [:], strongRule: Double = 0.97,
        defaultAccept: Double = 0.4, defaultVeto: Double = 0.01
    ) {
        self.accept = accept
        self.veto = veto
        self.strongRule = strongRule
        self.defaultAccept = defaultAccept
        self.defaultVeto = defaultVeto
    }

    /// The probability from which a token of this kind is replaced.
    public func accepted(_ label: IdentifierLabel) -> Double { accept[label] ?? defaultAccept }

    /// The probability below which a weak rule's proposal of this kind is dropped.
    public func vetoed(_ label: IdentifierLabel) -> Double { veto[label] ?? defaultVeto }

    /// - Throws: ``DeidentificationError`` `.invalidTagger` if a value is no probability.
    public func validate() throws {
        let values = Array(accept.values) + Array(veto.values) + [strongRule, defaultAccept, defaultVeto]
        guard values.allSatisfy({ $0 >= 0 && $0 <= 1 }) else {
            throw DeidentificationError(
                .invalidTagger, "A detection threshold is not between 0 and 1. Set each one to a probability.")
        }
    }
}
