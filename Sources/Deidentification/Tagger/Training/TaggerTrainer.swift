internal import CTaggers
public import ConsiliumCore
public import Foundation

/// Trains a ``Tagger`` on marked texts: maximum likelihood of a linear-chain conditional random field with an L2 penalty,
/// by AdaGrad, text by text.
///
/// The same texts, configuration and seed give the same file on the same machine. Rules are applied to the training texts,
/// so a tagger has to be trained again when they change.
public struct TaggerTrainer: Sendable {
    /// How a tagger is trained.
    public struct Configuration: Sendable, Equatable {
        public var language = "en"
        /// Passes over the texts; each sees other augmentations.
        public var epochs = 4
        public var seed: UInt64 = 1
        /// The share of texts that choose the thresholds and measure.
        public var heldOut = 0.1
        /// The size of an AdaGrad step. It falls to a tenth over the epochs.
        public var rate: Float = 0.1
        /// The L2 penalty of a weight each time its feature occurs.
        public var penalty: Float = 1e-4
        /// The share of features that a token doesn't see in training.
        public var dropout = 0.2
        /// Features must occur as often as this.
        public var minimumCount: UInt8 = 3
        /// The most weights that are stored. The smallest fall.
        public var maximumRows = 350_000
        /// The word classes that it sees. They become a part of its file.
        public var words = WordClasses.none
        /// The network that it is joined with; what it learned stays. It becomes a part of the file.
        public var network: ContextNetwork?
        /// Whether the first token of an identifier has a label of its own.
        public var marksBegins = false
        /// Whether texts are changed at random.
        public var augments = true
        /// The share of the rules' proposals that a text doesn't see in training: there will be identifiers without one.
        public var proposalDropout = 0.1
        /// Whether neutral parts are left as they are, or may be replaced.
        public var neutralStays = false
        /// The share of right characters among those that a threshold lets in.
        public var targetPrecision = 0.97

        public init() {}
    }

    /// What training made and measured.
    public struct Outcome: Sendable {
        /// The content of a tagger's file.
        public var file: Data
        /// The rules alone, and rules with the tagger, on the held-out texts.
        public var rules: DetectionScore
        public var combined: DetectionScore
        public var thresholds: DetectionThresholds
        /// Texts trained on, weights stored, and the mean negative log likelihood of a token in the last epoch (nats).
        public var notes: Int
        public var rows: Int
        public var loss: Double
    }

    public let configuration: Configuration

    public init(_ configuration: Configuration) { self.configuration = configuration }

    /// - Throws: ``DeidentificationError`` `.invalidTagger` if there is nothing to learn from.
    public func train(_ notes: [TrainingNote], progress: ProgressHandler = { _ in }) throws -> Outcome {
        let training = notes.filter { !$0.isHeldOut(configuration.heldOut, seed: configuration.seed) }
        let heldOut = notes.filter {
            $0.isHeldOut(configuration.heldOut, seed: configuration.seed) && !$0.isIncomplete
        }
        let present = Set(training.flatMap { $0.spans.compactMap(\.label) })
        let labels = ChainLabels(
            kinds: IdentifierLabel.allCases.filter(present.contains), marksBegins: configuration.marksBegins)
        guard !labels.kinds.isEmpty else {
            throw DeidentificationError(
                .invalidTagger, "The training texts have no marked identifiers. Give texts with “spans”.")
        }
        let augmenter = NoteAugmenter(
            shares: configuration.augments ? .init() : .none, syllables: NameSyllables(Self.names(training)),
            language: configuration.language)
        var weights = countFeatures(training, labels, augmenter, progress)
        var loss = 0.0
        // The last pass trains what is left after the small weights fell.
        for epoch in 0..<max(1, configuration.epochs) {
            if epoch == configuration.epochs - 1 { weights.prune(to: configuration.maximumRows) }
            loss = pass(epoch, training, augmenter, &weights, progress)
        }
        if configuration.epochs < 2 { weights.prune(to: configuration.maximumRows) }
        let model = weights.model(configuration, thresholds: DetectionThresholds())
        let thresholds = ThresholdChoice(configuration).choose(model, heldOut)
        let final = weights.model(configuration, thresholds: thresholds)
        let tagger = Tagger(final)
        return Outcome(
            file: final.encoded(),
            rules: Self.score(heldOut, language: configuration.language, taggers: .none),
            combined: Self.score(heldOut, language: configuration.language, taggers: TaggerSet([tagger])),
            thresholds: thresholds, notes: training.count, rows: final.buckets.count, loss: loss)
    }

    /// What the whole detection finds of marked texts.
    public static func score(_ notes: [TrainingNote], language: String, taggers: TaggerSet) -> DetectionScore {
        let detector = IdentifierDetector(language: language, taggers: taggers)
        var score = DetectionScore()
        for note in notes {
            score.add(note, found: detector.detect(in: ScalarText(scalars: note.scalars), known: []).spans)
        }
        return score
    }

    static func names(_ notes: [TrainingNote]) -> [[UInt32]] {
        notes.flatMap { note in
            note.spans.filter { $0.label == .name }.flatMap { span in
                note.scalars[span.start..<span.end].split { !ScalarFolding.kind($0).isLetter }.map(Array.init)
            }
        }
    }

    /// Which features occur often enough to get weights.
    private func countFeatures(
        _ notes: [TrainingNote], _ labels: ChainLabels, _ augmenter: NoteAugmenter, _ progress: ProgressHandler
    ) -> ChainWeights {
        var counts = [UInt8](repeating: 0, count: 1 << FeatureHash.bucketBits)
        var generator = ReproducibleGenerator(seed: configuration.seed, label: "feature count")
        for (index, note) in notes.enumerated() {
            for note in configuration.augments ? [note, augmenter.augment(note, &generator)] : [note] {
                let text = IdentifierDetector.text(note.scalars, language: configuration.language)
                let candidates = IdentifierDetector.ruleCandidates(text, language: configuration.language)
                for bucket in TaggerFeatures(text, candidates: candidates, words: configuration.words).buckets
                where counts[Int(bucket)] < 255 {
                    counts[Int(bucket)] += 1
                }
            }
            if index % 100 == 0 {
                progress(
                    ProgressUpdate(
                        activity: "count features", completed: Double(index), total: Double(notes.count), unit: "texts")
                )
            }
        }
        let least = max(1, configuration.minimumCount)
        return ChainWeights(labels: labels, buckets: counts.indices.filter { counts[$0] >= least }.map(UInt32.init))
    }

    /// One pass over all texts. Returns the mean negative log likelihood of a token.
    private func pass(
        _ epoch: Int, _ notes: [TrainingNote], _ augmenter: NoteAugmenter, _ weights: inout ChainWeights,
        _ progress: ProgressHandler
    ) -> Double {
        var generator = ReproducibleGenerator(seed: configuration.seed, label: "epoch \(epoch)")
        let order = notes.indices.shuffled(using: &generator)
        let part = configuration.epochs > 1 ? Float(epoch) / Float(configuration.epochs - 1) : 0
        let rate = configuration.rate * (1 - 0.9 * part)
        var loss = 0.0
        var tokens = 0
        for (done, index) in order.enumerated() {
            let note = augmenter.augment(notes[index], &generator)
            let text = IdentifierDetector.text(note.scalars, language: configuration.language)
            guard !text.tokens.isEmpty else { continue }
            var candidates = IdentifierDetector.ruleCandidates(text, language: configuration.language)
            let masks = TokenTargets.masks(
                note, text, candidates, weights.labels, neutralStays: configuration.neutralStays)
            if configuration.proposalDropout > 0 {
                candidates.removeAll { _ in generator.unit() < configuration.proposalDropout }
            }
            let features = TaggerFeatures(text, candidates: candidates, words: configuration.words)
            loss += weights.step(
                features, masks, rate: rate, penalty: configuration.penalty, dropout: configuration.dropout, &generator)
            tokens += text.tokens.count
            if done % 50 == 0 {
                progress(
                    ProgressUpdate(
                        activity: "train, pass \(epoch + 1) of \(configuration.epochs)", completed: Double(done),
                        total: Double(notes.count), unit: "texts",
                        note: "loss \((loss / Double(max(1, tokens)) * 10_000).rounded() / 10_000)"))
            }
        }
        return loss / Double(max(1, tokens))
    }
}
