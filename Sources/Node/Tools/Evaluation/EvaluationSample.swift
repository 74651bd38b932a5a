internal import ConsiliumCore
internal import Foundation

/// One item's score by one model, as `--samples` writes it.
struct EvaluationSample: Encodable, Sendable {
    var model: String
    var id: String
    var logLikelihoods: [Double]?
    var scores: [Double]?
    var prediction: Int?
    var gold: Int?
    /// What the model wrote.
    var text: String?

    enum CodingKeys: String, CodingKey {
        case model, id, scores, prediction, gold, text
        case logLikelihoods = "log_likelihoods"
    }

    static func write(_ samples: [EvaluationSample], to url: URL) throws {
        var data = Data()
        for sample in samples {
            data += try CanonicalJSON.encode(sample)
            data.append(UInt8(ascii: "\n"))
        }
        try DurableFile.write(data, to: url)
    }
}
