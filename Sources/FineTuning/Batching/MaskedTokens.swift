internal import ConsiliumCore
public import LanguageModels

/// The objective of masked language models (Devlin et al. 2019): 15 % of the tokens are to be found again; of these 80 % are
/// hidden behind the mask, 10 % are replaced by a random token and 10 % stay.
public struct MaskedTokens: Sendable {
    private let maskID: Int32
    private let vocabulary: Int32
    private let isSpecial: @Sendable (Int32) -> Bool

    /// The share of tokens that are to be found again.
    public static let rate = 0.15

    /// - Parameters:
    ///   - vocabulary: random tokens are drawn below it.
    ///   - isSpecial: tokens that are never chosen, such as the marks of beginning and end.
    public init(maskID: Int32, vocabulary: Int, isSpecial: @escaping @Sendable (Int32) -> Bool) {
        self.maskID = maskID
        self.vocabulary = Int32(clamping: vocabulary)
        self.isSpecial = isSpecial
    }

    /// - Parameters:
    ///   - seed: the same seed and label give the same choice.
    /// - Returns: labels are ``TokenSequence/ignored`` except at the chosen tokens, of which there is at least one unless all
    ///   tokens are special.
    public func sequence(_ ids: [Int32], seed: UInt64, label: String) -> TokenSequence {
        var generator = ReproducibleGenerator(seed: seed, label: label)
        let candidates = ids.indices.filter { !isSpecial(ids[$0]) }
        var chosen = candidates.filter { _ in generator.unit() < Self.rate }
        if chosen.isEmpty, let one = candidates.randomElement(using: &generator) { chosen = [one] }
        var inputs = ids
        var labels = [Int32](repeating: TokenSequence.ignored, count: ids.count)
        for index in chosen {
            labels[index] = ids[index]
            let place = generator.unit()
            if place < 0.8 {
                inputs[index] = maskID
            } else if place < 0.9 {
                inputs[index] = Int32.random(in: 0..<max(vocabulary, 1), using: &generator)
            }
        }
        return TokenSequence(inputIDs: inputs, labels: labels)
    }
}
