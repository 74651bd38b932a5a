internal import ConsiliumCore
internal import Foundation

/// A line of `metrics.jsonl`. It comes from the data without noise and stays in the clinic.
struct MetricsLine: Codable, Equatable {
    /// From 1.
    var step: Int
    /// Missing where it was not a finite number.
    var loss: Double?
    var learningRate: Float
    var supervisedTokens: Int
    /// All tokens that the step read.
    var tokens: Int?
    var epoch: Int?
    var gradientNorm: Double?
    var patients: Int?
    var clippedPatients: Int?
    var validationLoss: Double?
    var seconds: Double?
    var tokensPerSecond: Double?
    var secondsLeft: Double?
    /// How many steps in a row changed nothing, this one included, because the loss or the gradient was not finite.
    var skippedInARow: Int?

    enum CodingKeys: String, CodingKey {
        case step, loss, tokens, epoch, patients, seconds
        case learningRate = "learning_rate"
        case supervisedTokens = "supervised_tokens"
        case gradientNorm = "gradient_norm"
        case clippedPatients = "clipped_patients"
        case validationLoss = "validation_loss"
        case tokensPerSecond = "tokens_per_second"
        case secondsLeft = "seconds_left"
        case skippedInARow = "skipped_in_a_row"
    }

    /// All lines of a file; a line cut short at the end, by a kill, does not count.
    static func lines(of data: Data) throws -> [MetricsLine] {
        try data.prefix(upTo: data.lastIndex(of: UInt8(ascii: "\n")) ?? data.startIndex)
            .split(separator: UInt8(ascii: "\n")).map { try CanonicalJSON.decode(MetricsLine.self, from: Data($0)) }
    }
}
