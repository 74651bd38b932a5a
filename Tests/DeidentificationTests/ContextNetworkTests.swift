import ConsiliumCore
import Foundation
import Testing

@testable import Deidentification

@Suite("The tagger's context network")
struct ContextNetworkTests {
    private static let text = """
        NAME: Zorgiebel, Anouk  MRN# 00-4417 seen 3/4/2021 by Dr. Roe.
        Plan: recheck BP 120/80, call (312) 555-0142!

        """

    private static func features(_ text: String) -> NetworkFeatures {
        let text = ScalarText(text)
        return NetworkFeatures(text, facts: TokenFacts.all(text, candidates: [], words: TaggerFixtures.words))
    }

    private static let labels = ChainLabels(kinds: [.name, .date, .medicalRecordNumber], marksBegins: false)

    private static func scores(_ network: ContextNetwork, _ features: NetworkFeatures) throws -> [[Float]] {
        let stride = labels.stride
        let head = try #require(network.head(labels))
        var scores = [Float](repeating: 3, count: (features.offsets.count - 1) * stride)
        network.join(&scores, features, head: head, stride: stride, own: 0, share: 1)
        return (0..<features.offsets.count - 1).map { Array(scores[$0 * stride..<$0 * stride + labels.count]) }
    }

    private static func agree(_ scores: [[Float]], _ expected: [[Double]], within bound: Double) -> Bool {
        guard scores.count == expected.count else { return false }
        for (row, wanted) in zip(scores, expected) {
            for (score, value) in zip(row, wanted) where abs(Double(score) - value) > bound * max(1, abs(value)) {
                return false
            }
        }
        return true
    }

    @Test(
        "kernels and equations agree, also beyond what is computed at once", arguments: [16, 64, 80],
        [[], [1], [1, 2, 4, 8]])
    func agreement(_ channels: Int, _ reaches: [Int]) throws {
        let network = try ContextNetwork(
            file: NetworkFixtures.random(UInt64(channels), channels: channels, reaches: reaches).file)
        // The equations are slow: the wide network sees the short text only.
        for repeats in channels == 16 ? [1, 2, 90] : [1] {
            let features = Self.features(String(repeating: Self.text, count: repeats))
            let expected = ContextNetworkReference.scores(network, features)
            #expect(repeats < 90 || expected.count > 2 * ContextNetwork.block)
            #expect(try Self.agree(Self.scores(network, features), expected, within: 1e-4))
        }
    }

    @Test("texts of every length up to a few tiles agree too", arguments: 0..<14)
    func short(_ words: Int) throws {
        let network = try ContextNetwork(file: NetworkFixtures.random(4, reaches: [3, 1]).file)
        let features = Self.features(Array(repeating: "word", count: words).joined(separator: " "))
        #expect(
            try Self.agree(
                Self.scores(network, features), ContextNetworkReference.scores(network, features), within: 1e-4))
    }

    private struct Vectors: Decodable {
        var channels: Int
        var dilations: [Int]
        var kinds: [String]
        var scale, bias: [Float]
        var weights, biases: [[Float]]
        var outWeights, outBias: [Float]
        var counts: [Int32]
        var rows: [UInt16]
        var scores: [Double]
    }

    @Test("it computes what PyTorch computes of the same network")
    func vectors() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Vectors/context_network.json")
        let vectors = try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: file))
        var parts = NetworkFixtures.Parts(channels: vectors.channels, kinds: vectors.kinds, reaches: vectors.dilations)
        parts.scale = vectors.scale
        parts.bias = vectors.bias
        parts.layers = Array(zip(vectors.weights, vectors.biases)).map { (weights: $0, bias: $1) }
        parts.outWeights = vectors.outWeights
        parts.outBias = vectors.outBias
        parts.table.reserveCapacity(NetworkFeatures.rows * vectors.channels)
        for row in 0..<NetworkFeatures.rows {
            for channel in 0..<vectors.channels {
                let sum: Int = row * 31 + channel * 17 + row * channel * 7
                parts.table.append(Int8(sum % 255 - 127))
            }
        }
        let network = try ContextNetwork(file: parts.file)
        var offsets: [Int32] = [0]
        for count in vectors.counts { offsets.append(offsets[offsets.count - 1] + count) }
        let features = NetworkFeatures(values: vectors.rows, offsets: offsets)
        let expected = (0..<vectors.counts.count).map { Array(vectors.scores[$0 * 4..<$0 * 4 + 4]) }
        let reference = ContextNetworkReference.scores(network, features).map { $0.map { Float($0) } }
        #expect(Self.agree(reference, expected, within: 1e-4))
        #expect(try Self.agree(Self.scores(network, features), expected, within: 1e-4))
    }

    @Test("a chain's scores and the network's are added with their weights")
    func weights() throws {
        let network = try ContextNetwork(file: NetworkFixtures.random(8).file)
        let features = Self.features(Self.text)
        let (count, stride) = (features.offsets.count - 1, Self.labels.stride)
        let joined = try #require(JoinedNetwork(network, labels: Self.labels, own: 0.5, share: 0.25))
        var scores = [Float](repeating: 2, count: count * stride)
        joined.join(&scores, features, stride: stride)
        let alone = try Self.scores(network, features)
        for token in 0..<count {
            for label in 0..<Self.labels.count {
                #expect(abs(scores[token * stride + label] - (1 + 0.25 * alone[token][label])) < 1e-5)
            }
        }
    }

    @Test("a chain with a kind that the network doesn't know can't be joined with it")
    func unknownKinds() throws {
        let network = try ContextNetwork(file: NetworkFixtures.random(8).file)
        #expect(JoinedNetwork(network, labels: ChainLabels(kinds: [.name, .url], marksBegins: false)) == nil)
        let chain = Tagger(TaggerFixtures.random(1, begins: true, text: Self.text))
        #expect(try chain.joining(network, own: 1, share: 1).network == network)
        #expect(throws: DeidentificationError(.invalidTagger, "")) {
            var parts = NetworkFixtures.random(8)
            parts.kinds = ["NAME", "DATE", "URL"]
            _ = try chain.joining(ContextNetwork(file: parts.file), own: 1, share: 1)
        }
    }

    @Test("a clinic's training keeps the network it is given")
    func training() throws {
        var configuration = TaggerTrainer.Configuration()
        configuration.epochs = 1
        configuration.minimumCount = 1
        configuration.network = try ContextNetwork(file: NetworkFixtures.random(2).file)
        let outcome = try TaggerTrainer(configuration).train(TaggerFixtures.notes(40, seed: 1))
        #expect(try Tagger(file: outcome.file).network == configuration.network)
    }

    @Test("the features for its training are those that it reads, and hold no text")
    func trainingData() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "features-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("features")
        var configuration = TaggerTrainer.Configuration()
        configuration.augments = false
        let notes = TaggerFixtures.notes(3, seed: 7)
        let bytes = try NetworkTrainingData(notes, configuration).write(passes: 2, to: file)
        let data = try Data(contentsOf: file)
        #expect(data.count == bytes && data.prefix(8) == Data("CNSLNETD".utf8))
        #expect(data.range(of: Data("vorl".utf8)) == nil)
        let text = IdentifierDetector.text(notes[0].scalars, language: "en")
        let facts = TokenFacts.all(text, candidates: [], words: .none)
        let values = NetworkFeatures(text, facts: facts).values
        let expected = values.reduce(into: Data()) { data, value in
            withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
        }
        // Once in each pass, as nothing is changed.
        let first = try #require(data.range(of: expected))
        #expect(data.range(of: expected, in: first.upperBound..<data.endIndex) != nil)
    }
}
