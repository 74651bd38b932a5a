public import ConsiliumCore
internal import FineTuning
public import Foundation
internal import LanguageModels
internal import Tokenizers

/// Makes the A that a `frozen-a` job keeps: both factors are trained on public text, then B is set to zero again.
///
/// The result changes nothing of the base model yet; its A only points to directions that text of this kind needs. No clinic
/// and no report has any part in it, so it costs no budget. The same text and settings give the same bytes on one thread of the
/// same kind of processor; the job names them by hash.
public struct WarmStart: Sendable {
    /// The settings with which the advice in `Docs/federated-quality.md` was measured.
    public struct Settings: Sendable, Equatable {
        public var rank = 8
        public var alpha = 16.0
        public var targets = ["all"]
        public var steps = 80
        public var learningRate = 1e-2
        public var batchSequences = 16
        public var sequenceLength = 128
        public var seed: UInt64 = 1
        public var threads = 1

        public init() {}
    }

    public struct Outcome: Sendable, Encodable {
        public let folder: String
        public let tokens: Int
        public let steps: Int
        /// Mean loss over the first and the last tenth of the steps, in nats a token.
        public let firstLoss: Double
        public let lastLoss: Double
    }

    let model: URL
    let settings: Settings

    public init(model: URL, settings: Settings = Settings()) {
        self.model = model
        self.settings = settings
    }

    /// - Parameters:
    ///   - text: a text file; or JSON Lines (`.jsonl`), each line an object with “text”. Only public text belongs here.
    ///   - folder: where the PEFT folder is written.
    /// - Throws: ``AdminError`` `.invalidOption` or `.invalidDraft` for settings or a text that can't be used; what loading the
    ///   model and training throw.
    public func run(text: URL, to folder: URL, progress: ProgressHandler? = nil) throws -> Outcome {
        guard (1...100_000).contains(settings.steps), (1...4096).contains(settings.batchSequences) else {
            throw AdminError(.invalidOption, "Steps must be 1 to 100,000 and windows a step 1 to 4,096.")
        }
        let model = try LanguageModel.load(from: self.model)
        let tokenizer = try Tokenizer.load(from: self.model)
        let stream = try Self.stream(text, tokenizer)
        let length = min(settings.sequenceLength, model.maximumLength - 1)
        guard stream.count > length + 1 else {
            throw AdminError(
                .invalidDraft,
                "\(text.path) has \(stream.count) tokens; a window alone has \(length). Give more public text.")
        }
        var sampler = try WindowSampler(
            stream: stream, length: length, generator: ReproducibleGenerator(seed: settings.seed, label: "warm-a"))
        let start = try LoRAAdapter(
            configuration: LoRAConfiguration(rank: settings.rank, alpha: settings.alpha, targets: settings.targets),
            for: model.configuration, seed: settings.seed)
        let trainer = try LoRATrainer(
            model: model, adapter: start,
            optimizer: OptimizerConfiguration(learningRate: Float(settings.learningRate), beta2: 0.99),
            threads: settings.threads)
        let schedule = LearningRateSchedule(
            peak: Float(settings.learningRate), warmupSteps: 10, totalSteps: settings.steps, finalFraction: 0.1)
        var losses: [Double] = []
        for step in 0..<settings.steps {
            let loss = try trainer.step(
                batch: sampler.next(settings.batchSequences), learningRate: schedule.rate(at: step), clipNorm: 1
            ).loss
            losses.append(loss)
            progress?(
                ProgressUpdate(
                    activity: "warm A", completed: Double(step + 1), total: Double(settings.steps), unit: "steps",
                    note: String(format: "loss %.3f", loss)))
        }
        try Self.withZeroB(trainer.adapter).save(to: folder, baseModel: self.model.lastPathComponent)
        let tenth = max(1, losses.count / 10)
        return Outcome(
            folder: folder.path, tokens: stream.count, steps: losses.count,
            firstLoss: losses.prefix(tenth).reduce(0, +) / Double(tenth),
            lastLoss: losses.suffix(tenth).reduce(0, +) / Double(tenth))
    }

    static func withZeroB(_ adapter: LoRAAdapter) throws -> LoRAAdapter {
        var adapter = adapter
        var values = adapter.parameters
        for tensor in adapter.layout where !tensor.isA {
            for index in tensor.range { values[index] = 0 }
        }
        try adapter.setParameters(values)
        return adapter
    }

    /// All documents one behind the other, each with the tokenizer's marks of begin and end.
    private static func stream(_ file: URL, _ tokenizer: Tokenizer) throws -> [Int32] {
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw AdminError(.fileMissing, "There is no file \(file.path).")
        }
        let data = try DurableFile.read(file, limit: 1 << 30)
        guard let content = String(data: data, encoding: .utf8) else {
            throw AdminError(.invalidDraft, "\(file.path): the file is not UTF-8 text.")
        }
        let documents = file.pathExtension == "jsonl" ? try lines(content, file) : [content]
        return try documents.flatMap { tokenizer.beginning + (try tokenizer.encode($0)) + tokenizer.ending }
    }

    private struct Line: Decodable { let text: String }

    private static func lines(_ content: String, _ file: URL) throws -> [String] {
        try content.split(whereSeparator: \.isNewline).enumerated().map { number, line in
            do {
                return try JSONDecoder().decode(Line.self, from: Data(line.utf8)).text
            } catch {
                throw AdminError(.invalidDraft, "\(file.path), line \(number + 1): this is no object with “text”.")
            }
        }
    }
}
