public import ConsiliumCore
public import Foundation

/// Texts as the trainer of the context network (`scripts/deid/context_network.py`) reads them: features and permitted labels,
/// no text.
///
/// Little-endian: magic "CNSLNETD" · features UInt16 · rows UInt32 · fixed features UInt8 · kinds UInt8, each a name (UInt8
/// length, UTF-8). Then for each text: tokens UInt32, features UInt32 · permitted labels UInt32 [tokens] (bit 0: outside; then each
/// kind) · fine word class UInt16 [tokens] (0: none) · features of each UInt8 [tokens] · rows UInt16 [features].
public struct NetworkTrainingData {
    private let configuration: TaggerTrainer.Configuration
    private let augmenter: NoteAugmenter
    private let notes: [TrainingNote]
    private let labels = ChainLabels(kinds: IdentifierLabel.allCases, marksBegins: false)

    /// - Parameter configuration: language, seed, word classes, augmentation and the share of dropped proposals count.
    public init(_ notes: [TrainingNote], _ configuration: TaggerTrainer.Configuration) {
        self.notes = notes
        self.configuration = configuration
        augmenter = NoteAugmenter(
            shares: configuration.augments ? .init() : .none, syllables: NameSyllables(TaggerTrainer.names(notes)),
            language: configuration.language)
    }

    /// Writes so many passes over the texts, each with other augmentations. The file appears whole or not at all.
    /// - Returns: its bytes.
    /// - Throws: errors of the disk.
    public func write(passes: Int, to file: URL, progress: ProgressHandler = { _ in }) throws -> Int {
        let stream = try DurableFileStream(to: file, permissions: 0o644)
        try stream.append(head())
        for pass in 0..<passes {
            var generator = ReproducibleGenerator(seed: configuration.seed, label: "network \(pass)")
            for (index, note) in notes.enumerated() {
                try stream.append(encode(augmenter.augment(note, &generator), &generator))
                if index % 100 == 0 {
                    progress(
                        ProgressUpdate(
                            activity: "features, pass \(pass + 1) of \(passes)", completed: Double(index),
                            total: Double(notes.count), unit: "texts"))
                }
            }
        }
        try stream.finish()
        return stream.position
    }

    private func head() -> Data {
        var head = Bytes()
        head.data += Data("CNSLNETD".utf8)
        head.add(NetworkFeatures.version)
        head.add(UInt32(NetworkFeatures.rows))
        head.add(UInt8(NetworkFeatures.fixed))
        head.add(UInt8(labels.kinds.count))
        for kind in labels.kinds {
            head.add(UInt8(kind.rawValue.utf8.count))
            head.data += Data(kind.rawValue.utf8)
        }
        return head.data
    }

    private struct Bytes {
        var data = Data()
        mutating func add(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
        }
    }

    private func encode(_ note: TrainingNote, _ generator: inout ReproducibleGenerator) -> Data {
        let text = IdentifierDetector.text(note.scalars, language: configuration.language)
        var candidates = IdentifierDetector.ruleCandidates(text, language: configuration.language)
        let masks = TokenTargets.masks(note, text, candidates, labels, neutralStays: configuration.neutralStays)
        if configuration.augments, configuration.proposalDropout > 0 {
            candidates.removeAll { _ in generator.unit() < configuration.proposalDropout }
        }
        let facts = TokenFacts.all(text, candidates: candidates, words: configuration.words)
        let features = NetworkFeatures(text, facts: facts)
        var bytes = Bytes()
        bytes.data.reserveCapacity(facts.count * 96)
        bytes.add(UInt32(facts.count))
        bytes.add(UInt32(features.values.count))
        for mask in masks { bytes.add(UInt32(truncatingIfNeeded: mask)) }
        for fact in facts { bytes.add(fact.wordClass < 1 << 16 ? UInt16(fact.wordClass) : 0) }
        for index in facts.indices { bytes.add(UInt8(features.offsets[index + 1] - features.offsets[index])) }
        for value in features.values { bytes.add(value) }
        return bytes.data
    }
}
