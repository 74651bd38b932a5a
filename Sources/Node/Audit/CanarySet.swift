internal import ConsiliumCore
internal import FineTuning
internal import Foundation
internal import LanguageModels
internal import Ledger
internal import Privacy
internal import Tokenizers

/// Synthetic patients whose reports hold nothing but a random secret: no template, no model's output and no patient's data.
///
/// The tokens are uniform over the vocabulary, as a model of infinite temperature would draw them: no other text predicts them,
/// so what a trained model knows of them it knows from their reports (Panda et al. 2025; Mitchell & Andrew 2026).
struct CanarySet: Codable, Sendable, Equatable {
    /// Token ids that come before each secret, such as the model's first token.
    var prefix: [Int32]
    var secrets: [[Int32]]
    /// Reports of each patient.
    var reports: Int

    /// Where secrets are drawn from.
    struct Vocabulary: Sendable {
        let prefix: [Int32]
        let ids: [Int32]

        /// - Parameter folder: the base model's; its special tokens are left out where it has a tokenizer.
        init(_ model: ModelConfiguration, folder: URL) throws {
            guard model.head == .languageModel else {
                throw NodeError(.badInput, "Only causal language models can be audited with canaries.")
            }
            let tokenizer = try? Tokenizer.load(from: folder)
            let special = Set(model.endOfText)
            prefix = tokenizer?.beginning ?? []
            let size = min(model.vocabularySize, tokenizer?.vocabularySize ?? .max)
            ids = (0..<Int32(clamping: size)).filter { !special.contains($0) && tokenizer?.isSpecial($0) != true }
            guard ids.count >= 2 else {
                throw NodeError(.badInput, "The model's vocabulary is too small to draw random secrets from.")
            }
        }
    }

    init(count: Int, reports: Int, tokens: Int, vocabulary: Vocabulary, random: any SecureRandom) throws {
        prefix = vocabulary.prefix
        self.reports = reports
        var words = [UInt64](repeating: 0, count: tokens)
        secrets = try (0..<count).map { _ in
            try words.withUnsafeMutableBytes { try random.fill($0) }
            return words.map { vocabulary.ids[Int($0.multipliedFullWidth(by: UInt64(vocabulary.ids.count)).high)] }
        }
    }

    /// What one report of each canary is as tokens; all of its reports are the same.
    var sequences: [TrainingSequence] {
        secrets.map { secret in
            TrainingSequence(inputIDs: prefix + secret, labels: prefix.map { _ in TokenSequence.ignored } + secret)
        }
    }

    /// Fair coins from the system's randomness.
    static func coins(_ count: Int, random: any SecureRandom) throws -> [Bool] {
        let bytes = try random.bytes((count + 7) / 8)
        return (0..<count).map { bytes[$0 / 8] & (1 << UInt8($0 % 8)) != 0 }
    }
}
