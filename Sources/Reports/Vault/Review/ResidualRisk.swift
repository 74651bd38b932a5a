public import Deidentification

/// An estimate of how likely a text still holds an identifier after de-identification: what the review queue is ordered by.
///
/// ```
/// risk = 1 − c · (1 − 0.002·k) · (1 − 0.5·(1 − q)) · (1 − 0.15·u) · (1 − 0.1·r)
/// ```
///
/// - c: how sure the detection is that nothing was overlooked, by the tagger's probabilities; 1 if nothing told;
/// - k: thousands of characters, at most 50: a long text has more places where something was overlooked;
/// - q: how well the text was read, 1 for a text that was no image;
/// - u: 1 if the record gave no known identifier to search for;
/// - r: 1 if there is a reason for review.
///
/// A quarantined text has the risk 1. The weights rank texts; they are not calibrated. Only the audit sample says how many
/// identifiers are left.
public struct ResidualRisk: Sendable, Equatable {
    /// 0 to 1.
    public let value: Double

    /// - Parameters:
    ///   - characters: Unicode scalars of the input text.
    ///   - hasKnownIdentifiers: whether the record, or another of the patient's, gave values to search for.
    ///   - quality: mean confidence of the character recognition, 0 to 1; `nil` for a text that was not recognized.
    public init(_ result: DeidentificationResult, characters: Int, hasKnownIdentifiers: Bool, quality: Double? = nil) {
        guard result.status != .quarantine else {
            value = 1
            return
        }
        var sound = 1 - 0.002 * min(50, Double(characters) / 1000)
        if let certainty = result.receipt.certainty, certainty.isFinite { sound *= min(1, max(0, certainty)) }
        if let quality, quality.isFinite { sound *= 1 - 0.5 * (1 - min(1, max(0, quality))) }
        if !hasKnownIdentifiers { sound *= 1 - 0.15 }
        if !result.reasons.isEmpty { sound *= 1 - 0.1 }
        value = min(1, max(0, 1 - sound))
    }
}
