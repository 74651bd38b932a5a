import ConsiliumCore
import Foundation
import Testing

@testable import Deidentification

@Suite("A context network's file")
struct ContextNetworkFileTests {
    private static let parts = NetworkFixtures.random(3)
    private static let file = parts.file
    private static let refused = DeidentificationError(.invalidTagger, "")

    @Test("it is read as it was written, and travels in a tagger's file")
    func roundTrip() throws {
        let network = try ContextNetwork(file: Self.file)
        #expect(network.channels == 16 && network.kinds == [.name, .date, .medicalRecordNumber])
        #expect(network.layers.map(\.reach) == [1, 2] && network.reach == 3)
        #expect(network.table == Self.parts.table && network.outBias == Self.parts.outBias)
        let text = "Seen by Anouk Zorgiebel on 3/4/2021, MRN 004417."
        let joined = try Tagger(TaggerFixtures.random(3, begins: false, text: text))
            .joining(network, own: 0.5, share: 0.75)
        let read = try Tagger(file: joined.file)
        #expect(read.network == network && read.model.context?.own == 0.5 && read.model.context?.share == 0.75)
        #expect(read.file == joined.file)
        let scanned = ScalarText(text)
        let opinion = read.read(scanned, candidates: [])
        #expect(opinion.probability == joined.read(scanned, candidates: []).probability)
        // It does count.
        let alone = Tagger(TaggerFixtures.random(3, begins: false, text: text)).read(scanned, candidates: [])
        #expect(opinion.probability != alone.probability)
    }

    @Test("shorter and longer files are refused")
    func lengths() {
        for length in [0, 1, 7, 8, 9, 11, 12, 20, 30, 31, 40, 100, 2000, Self.file.count - 1] {
            #expect(throws: Self.refused) { try ContextNetwork(file: Self.file.prefix(length)) }
        }
        #expect(throws: Self.refused) { try ContextNetwork(file: Self.file + Data([0])) }
    }

    @Test("other features are named")
    func version() {
        var file = Self.file
        file[8] = 0xee
        do {
            _ = try ContextNetwork(file: file)
            Issue.record("It was accepted.")
        } catch { #expect((error as? DeidentificationError)?.message.contains("other features") ?? false) }
    }

    @Test("shapes that the kernels can't take are refused")
    func shapes() {
        func check(_ change: (inout NetworkFixtures.Parts) -> Void) {
            var parts = Self.parts
            change(&parts)
            #expect(throws: Self.refused) { try ContextNetwork(file: parts.file) }
        }
        check { $0.channels = 0 }
        check { $0.channels = 24 }
        check { $0.channels = 144 }
        check { $0.kinds = [] }
        check { $0.kinds = ["NAME", "NAME", "MRN"] }
        check { $0.kinds[0] = "NOBODY" }
        check { $0.reaches = [0, 1] }
        check { $0.reaches = [60, 60] }
        check { $0.bias[3] = .nan }
        check { $0.outWeights[3] = .infinity }
        check { $0.layers[0].weights[5] = 1e9 }
    }

    @Test("any other head is read or refused, never a crash", arguments: 0..<100)
    func fuzz(_ seed: Int) {
        var generator = ReproducibleGenerator(seed: UInt64(seed), label: "network file fuzz")
        var file = Self.file
        for _ in 0..<(1 + generator.next() % 3) {
            let position = 8 + Int(generator.next() % (generator.next() % 2 == 0 ? 40 : 7000))
            switch generator.next() % 3 {
            case 0: file[position] = UInt8(truncatingIfNeeded: generator.next())
            case 1: file.removeSubrange(position..<position + 1 + Int(generator.next() % 9))
            default: file.insert(contentsOf: [0xff, 0xff, 0x7f], at: position)
            }
        }
        do {
            let network = try ContextNetwork(file: file)
            let text = ScalarText("Seen by Anouk Zorgiebel.")
            let features = NetworkFeatures(text, facts: TokenFacts.all(text, candidates: [], words: .none))
            let labels = ChainLabels(kinds: network.kinds, marksBegins: false)
            var scores = [Float](repeating: 0, count: text.tokens.count * labels.stride)
            JoinedNetwork(network, labels: labels)?.join(&scores, features, stride: labels.stride)
            #expect(scores.allSatisfy { $0.isFinite })
        } catch { #expect((error as? DeidentificationError)?.code == .invalidTagger) }
    }
}
