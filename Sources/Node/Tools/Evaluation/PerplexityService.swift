public import ConsiliumCore
internal import Evaluation
internal import FineTuning
public import Foundation
public import LanguageModels
internal import Tensors

/// `consilium-node evaluate --task perplexity` of one model, for all kinds of lines that `train` takes.
public enum PerplexityService {
    public struct Outcome: Codable, Sendable {
        public var task: String
        /// exp(mean negative log-likelihood per supervised token).
        public var perplexity: Double
        /// Mean negative log-likelihood per supervised token in nats.
        public var loss: Double
        /// Only for lines of continued text.
        public var bitsPerByte: Double?
        /// 95 % bootstrap interval of the perplexity, over patients or lines; only for continued text.
        public var interval: [Double]?
        public var tokens: Int
        public var documents: Int

        public var text: String {
            var text = String(
                format: "perplexity %.4f (loss %.5f) over %d tokens of %d lines", perplexity, loss, tokens, documents)
            if let bitsPerByte { text += String(format: ", %.4f bits per byte", bitsPerByte) }
            if let interval { text += String(format: "; 95 %% interval %.4f–%.4f", interval[0], interval[1]) }
            return text
        }
    }

    /// - Parameter keepsRecord: keep the figures beside the adapter; see `EvaluationRecord`.
    public static func run(
        model folder: URL, adapter: URL?, data: URL, window: Int,
        storage: BaseStorage = .automatic, device: ComputeDevice = .cpu, threads: Int, keepsRecord: Bool = true,
        progress: @escaping ProgressHandler
    ) throws -> Outcome {
        let outcome = try measure(
            model: folder, adapter: adapter, data: data, window: window, storage: storage, device: device,
            threads: threads, progress: progress)
        if keepsRecord, let adapter {
            try EvaluationRecord.write(outcome, data: data, date: Date(), to: adapter)
        }
        return outcome
    }

    private static func measure(
        model folder: URL, adapter: URL?, data: URL, window: Int, storage: BaseStorage,
        device: ComputeDevice, threads: Int,
        progress: @escaping ProgressHandler
    ) throws -> Outcome {
        guard window >= 1 else { throw NodeError(.badInput, "--window must be at least 1.") }
        try ThreadCount.check(threads)
        ComputeThreads.set(threads)
        let model = try LanguageModel.load(from: folder, storage: storage, backend: device.backend())
        let loaded = try adapter.map { try LoRAAdapter.load(from: $0, for: model.configuration) }
        // Texts are cut into windows below, so their length is not bounded by the model's positions.
        let file = try TrainingFile(data, modelFolder: folder, model: model.configuration, limit: .max)
        guard file.lines.allSatisfy(\.isText) else { return try supervised(file, model, loaded) }
        let documents = file.lines.enumerated().map { number, line in
            EvaluationDocument(
                unit: line.sequence.patient ?? "line \(number)", ids: line.sequence.inputIDs, utf8Bytes: line.bytes ?? 0
            )
        }
        let length = min(window, model.maximumLength - 1)
        let result = try PerplexityEvaluation(windowTokens: length).run(
            documents, model: model, adapter: loaded, progress: progress)
        let summary = try result.summary(.init(minimumDocuments: 1))
        return Outcome(
            task: "perplexity", perplexity: summary.perplexity.value, loss: log(summary.perplexity.value),
            bitsPerByte: summary.bitsPerByte.value, interval: [summary.perplexity.lower, summary.perplexity.upper],
            tokens: summary.tokens, documents: summary.documents)
    }

    /// Lines with labels: the mean over their supervised tokens.
    private static func supervised(_ file: TrainingFile, _ model: LanguageModel, _ adapter: LoRAAdapter?) throws
        -> Outcome
    {
        let scores = try model.negativeLogLikelihood(of: file.lines.map(\.sequence.tokens), adapter: adapter)
        let tokens = scores.reduce(0) { $0 + $1.tokens }
        guard tokens > 0 else { throw NodeError(.badInput, "No line has a supervised token. Check the labels.") }
        let loss = scores.reduce(0) { $0 + $1.sum } / Double(tokens)
        return Outcome(
            task: "perplexity", perplexity: exp(loss), loss: loss, bitsPerByte: nil, interval: nil, tokens: tokens,
            documents: file.lines.count)
    }
}
