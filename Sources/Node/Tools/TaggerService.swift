public import ConsiliumCore
public import Deidentification
public import Foundation

/// `consilium-node tagger`: trains the learned stage of the de-identification, and scores all of it on marked texts.
public enum TaggerService {
    /// What a training made.
    public struct Training: Codable, Sendable {
        public var out: String
        public var language: String
        public var texts: Int
        public var heldOutTexts: Int
        /// Weights stored, and bytes of the file.
        public var rows: Int
        public var bytes: Int
        /// Mean negative log likelihood of a token in the last pass, in nats.
        public var loss: Double
        public var seconds: Double
        public var rules: DetectionScore
        public var combined: DetectionScore
        public var thresholds: DetectionThresholds

        public var text: String {
            """
            \(texts) texts in \(String(format: "%.1f", seconds)) s: \(rows) rows of weights, \(bytes) bytes, \
            loss \(String(format: "%.4f", loss)) nats a token
            on \(heldOutTexts) held-out texts:
              rules alone       \(TaggerService.line(rules))
              rules and tagger  \(TaggerService.line(combined))
            Tagger: \(out)
            """
        }
    }

    /// What a network's training is given.
    public struct Features: Codable, Sendable {
        public var out: String
        public var texts: Int
        public var passes: Int
        public var bytes: Int

        public var text: String { "\(texts) texts, \(passes) times: \(bytes) bytes of features.\nFeatures: \(out)" }
    }

    /// How the detection did on marked texts.
    public struct Score: Codable, Sendable {
        public var language: String
        public var rules: DetectionScore
        public var combined: DetectionScore

        public var text: String {
            var lines = [
                "rules alone       \(TaggerService.line(rules))", "rules and tagger  \(TaggerService.line(combined))",
            ]
            for (label, kind) in combined.kinds.sorted(by: {
                ($1.value.spans, $0.key.rawValue) < ($0.value.spans, $1.key.rawValue)
            }) {
                let name = label.rawValue.padding(toLength: 12, withPad: " ", startingAt: 0)
                lines.append(
                    "  \(name) \(kind.spans) identifiers, \(kind.leaked) leaked"
                        + String(format: ", recall %.4f", kind.recall))
            }
            return lines.joined(separator: "\n")
        }
    }

    /// - Parameters:
    ///   - data: files of marked texts; one that is named twice counts twice.
    ///   - words: a file of word classes; those of the program's own tagger of the language if absent.
    ///   - network: a file of the context network that it is joined with; the program's own of the language if absent.
    ///   - out: appears whole, with the trained tagger, or not at all.
    /// - Throws: ``NodeError`` `.badInput` for a line that is none; errors of the trainer and of the disk.
    public static func train(
        data: [URL], words: URL? = nil, network: URL? = nil, out: URL, configuration: TaggerTrainer.Configuration,
        progress: ProgressHandler
    ) throws -> Training {
        var configuration = configuration
        try requireLanguage(configuration.language)
        guard (0..<1).contains(configuration.heldOut), (1...1000).contains(configuration.epochs) else {
            throw NodeError(.badInput, "--held-out must be 0 or more and less than 1, --epochs 1 to 1000.")
        }
        let clock = ContinuousClock()
        let begin = clock.now
        let own = try Tagger.bundled(language: configuration.language)
        configuration.words = try self.words(words) ?? own?.words ?? .none
        configuration.network =
            try network.map { try ContextNetwork(file: DurableFile.read($0, limit: 1 << 25)) } ?? own?.network
        let notes = try data.flatMap(notes)
        let outcome = try TaggerTrainer(configuration).train(notes, progress: progress)
        try DurableFile.write(outcome.file, to: out, permissions: 0o644)
        let time = (clock.now - begin).components
        return Training(
            out: out.path, language: configuration.language, texts: outcome.notes, heldOutTexts: outcome.combined.notes,
            rows: outcome.rows, bytes: outcome.file.count, loss: outcome.loss,
            seconds: Double(time.seconds) + Double(time.attoseconds) * 1e-18, rules: outcome.rules,
            combined: outcome.combined, thresholds: outcome.thresholds)
    }

    /// Writes what `scripts/deid/context_network.py` trains a context network on.
    ///
    /// - Parameters:
    ///   - words: a file of word classes; those of the program's own tagger of the language if absent.
    ///   - passes: how often each text is written, each time with other names, digits and capitals.
    /// - Throws: ``NodeError`` `.badInput` for a line that is none; errors of the disk.
    public static func features(
        data: [URL], words: URL? = nil, passes: Int, out: URL, configuration: TaggerTrainer.Configuration,
        progress: ProgressHandler
    ) throws -> Features {
        var configuration = configuration
        try requireLanguage(configuration.language)
        guard (1...100).contains(passes) else { throw NodeError(.badInput, "--passes must be 1 to 100.") }
        configuration.words =
            try self.words(words) ?? Tagger.bundled(language: configuration.language)?.words ?? .none
        let notes = try data.flatMap(notes)
        let bytes = try NetworkTrainingData(notes, configuration).write(passes: passes, to: out, progress: progress)
        return Features(out: out.path, texts: notes.count, passes: passes, bytes: bytes)
    }

    private static func words(_ file: URL?) throws -> WordClasses? {
        try file.map { try WordClasses(lines: DurableFile.read($0, limit: 1 << 28)) }
    }

    /// - Parameter tagger: a tagger's file; the one in the program if absent.
    public static func score(data: [URL], language: String, tagger: URL?) throws -> Score {
        try requireLanguage(language)
        var taggers = try TaggerSet.bundled()
        if let tagger {
            let own = try Tagger(file: DurableFile.read(tagger, limit: 1 << 24))
            guard own.language == language else {
                throw NodeError(
                    .badInput, "The tagger was trained for “\(own.language)”. Name that language, or another tagger.")
            }
            taggers.insert(own)
        }
        let notes = try data.flatMap(notes)
        return Score(
            language: language, rules: TaggerTrainer.score(notes, language: language, taggers: .none),
            combined: TaggerTrainer.score(notes, language: language, taggers: taggers))
    }

    private static func requireLanguage(_ language: String) throws {
        guard ["en", "es"].contains(language) else {
            throw NodeError(.badInput, "There are no rules for the language “\(language)”. Use en or es.")
        }
    }

    private static func notes(_ file: URL) throws -> [TrainingNote] {
        var notes: [TrainingNote] = []
        try LineReader(file).forEachRecord { line, number in
            do {
                notes.append(try TrainingNote(line: line))
            } catch {
                throw NodeError(
                    .badInput, "Line \(number) of \(file.lastPathComponent) is no marked text. Mend or remove it.",
                    cause: error)
            }
        }
        return notes
    }

    static func line(_ score: DetectionScore) -> String {
        String(
            format: "recall %.4f, precision %.4f, %d of %d identifiers leaked, %d of %d texts without any touched",
            score.recall, score.precision, score.leaked, score.spans, score.touchedNegatives, score.negatives)
    }
}
