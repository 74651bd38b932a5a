import ConsiliumCore
import Foundation
import Testing

@testable import Deidentification

@Suite("A tagger's file")
struct TaggerFileTests {
    private static let text = "Seen by Anouk Zorgiebel on 3/4/2021, MRN 004417."
    private static let original = TaggerFixtures.random(3, begins: true, text: text, words: TaggerFixtures.words)
    private static let file = original.encoded()
    private static let plain = TaggerFixtures.random(3, begins: true, text: text).encoded()

    /// The file with another content and the right hash for it.
    private static func sealed(_ original: Data = file, _ change: (inout Data) -> Void) -> Data {
        var body = Data(original.dropLast(32))
        change(&body)
        return body + ContentHash(of: body).bytes
    }

    @Test("what was written is read again, with the same opinion")
    func roundTrip() throws {
        let original = Self.original
        let read = try Tagger(file: Self.file)
        #expect(read.language == "en" && read.thresholds.accept[.name] == 0.5 && read.thresholds.accept[.date] == nil)
        #expect(read.words == TaggerFixtures.words)
        let features = TaggerFeatures(ScalarText(Self.text), candidates: [], words: read.words)
        #expect(read.model.marginals(features) == original.marginals(features))
        #expect(read.model.encoded() == Self.file)
    }

    @Test("a truncated file is refused at every length")
    func truncated() {
        for length in stride(from: 0, to: Self.file.count, by: 37) {
            #expect(throws: DeidentificationError(.invalidTagger, "")) { try Tagger(file: Self.file.prefix(length)) }
        }
    }

    @Test("a changed byte is refused wherever it is")
    func changed() {
        for position in stride(from: 0, to: Self.file.count, by: 41) {
            var file = Self.file
            file[position] ^= 0x10
            #expect(throws: DeidentificationError(.invalidTagger, "")) { try Tagger(file: file) }
        }
    }

    @Test("another format, other features and unknown labels are named")
    func versions() {
        func message(_ data: Data) -> String {
            do {
                _ = try Tagger(file: data)
                return "accepted"
            } catch { return (error as? DeidentificationError)?.message ?? "" }
        }
        #expect(message(Self.sealed { $0[8] = 9 }).contains("another format version"))
        #expect(message(Self.sealed { $0[10] = 0xee }).contains("other features"))
        #expect(
            message(Self.sealed { $0.replaceSubrange($0.startIndex..<$0.startIndex + 4, with: Data("GIF8".utf8)) })
                .contains("no tagger file"))
        #expect(message(Self.sealed { $0.append(0) }).contains("damaged"))
        // "en" begins at 12; the first kind's name at 17.
        #expect(message(Self.sealed { $0[18] = UInt8(ascii: "Q") }).contains("label"))
        #expect(message(Data(count: TaggerModel.maximumBytes + 1)).contains("MiB"))
    }

    @Test("numbers that are none, or beyond all measure, are refused", arguments: [Float.nan, .infinity, -1e9, 1e9])
    func numbers(_ value: Float) {
        // The three common thresholds stand behind the names of the kinds, and behind all thresholds the words: none here.
        let position = 8 + 4 + 3 + 2 + (1 + 4) + (1 + 4) + (1 + 3)
        for offset in stride(from: 0, to: 60, by: 4) {
            let file = Self.sealed(Self.plain) { data in
                withUnsafeBytes(of: value.bitPattern.littleEndian) {
                    data.replaceSubrange(position + offset..<position + offset + 4, with: $0)
                }
            }
            #expect(throws: DeidentificationError(.invalidTagger, "")) { try Tagger(file: file) }
        }
    }

    @Test("a file with a right hash and any other content is read or refused, never a crash", arguments: 0..<200)
    func fuzz(_ seed: Int) {
        var generator = ReproducibleGenerator(seed: UInt64(seed), label: "tagger file fuzz")
        let file = Self.sealed { data in
            for _ in 0..<(1 + generator.next() % 4) {
                let position = 12 + Int(generator.next() % UInt64(data.count - 12))
                switch generator.next() % 3 {
                case 0: data[position] = UInt8(truncatingIfNeeded: generator.next())
                case 1: data.removeSubrange(position..<min(data.count, position + 1 + Int(generator.next() % 9)))
                default: data.insert(contentsOf: [0xff, 0xff, 0xff, 0xff, 0x7f], at: position)
                }
                if data.count < 40 { break }
            }
        }
        do {
            let tagger = try Tagger(file: file)
            let text = ScalarText(Self.text)
            let opinion = tagger.read(text, candidates: [])
            #expect(opinion.probability.allSatisfy { $0 >= 0 && $0 <= 1 })
        } catch {
            #expect((error as? DeidentificationError)?.code == .invalidTagger)
        }
    }

    @Test("the program brings an English tagger that fits its features")
    func bundled() throws {
        let taggers = try TaggerSet.bundled()
        #expect(taggers.languages.contains("en"))
        #expect(try Tagger.bundled(language: "xx") == nil)
        #expect(taggers["en"]?.language == "en")
    }
}
