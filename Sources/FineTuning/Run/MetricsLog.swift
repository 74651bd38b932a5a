internal import ConsiliumCore
internal import Foundation

/// The lines of `metrics.jsonl`. They come from the data without noise and stay in the clinic.
final class MetricsLog {
    struct Line: Codable {
        var step: Int
        var loss: Double
        var learningRate: Float
        var supervisedTokens: Int
        var gradientNorm: Double?
        var patients: Int?
        var clippedPatients: Int?
        var seconds: Double?

        enum CodingKeys: String, CodingKey {
            case step, loss, patients, seconds
            case learningRate = "learning_rate"
            case supervisedTokens = "supervised_tokens"
            case gradientNorm = "gradient_norm"
            case clippedPatients = "clipped_patients"
        }
    }

    private(set) var data = Data()

    func append(_ line: Line) throws {
        data.append(try CanonicalJSON.encode(line))
        data.append(UInt8(ascii: "\n"))
    }
}
