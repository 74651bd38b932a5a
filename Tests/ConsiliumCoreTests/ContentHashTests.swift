import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@Suite("Content hashes")
struct ContentHashTests {
    static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test(
        "SHA-256 has the values that NIST publishes (FIPS 180-4 examples)",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", abc),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
            ),
        ])
    func publishedVectors(text: String, hex: String) {
        #expect(ContentHash(of: Data(text.utf8)).hex == hex)
    }

    @Test("a million times the letter a")
    func longVector() {
        let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        #expect(ContentHash(of: Data(repeating: 0x61, count: 1_000_000)).hex == expected)
    }

    @Test("pieces of any size give the hash of the whole", arguments: [1, 63, 64, 65, 1000])
    func incremental(piece: Int) throws {
        let data = try SeededRandom(seed: 7).bytes(10_007)
        let hasher = ContentHasher()
        for start in stride(from: 0, to: data.count, by: piece) {
            hasher.update(data.subdata(in: start..<min(start + piece, data.count)))
        }
        #expect(hasher.finalize() == ContentHash(of: data))
    }

    @Test("a file has the hash of its bytes", arguments: [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1])
    func files(count: Int) throws {
        let folder = try TemporaryFolder()
        let data = try SeededRandom(seed: 3).bytes(count)
        let file = try folder.write("file", data)
        #expect(try ContentHash(ofFile: file) == ContentHash(of: data))
    }

    @Test("a missing file has no hash")
    func missingFile() throws {
        let folder = try TemporaryFolder()
        #expect(throws: CoreError(.fileUnreadable, "")) { try ContentHash(ofFile: folder.path("absent")) }
    }

    @Test("a text that is no hash is refused", arguments: ["", "ab", String(abc.dropLast()), abc + "0", abc + "00"])
    func wrongLength(text: String) {
        #expect(throws: CoreError(.malformedHash, "")) { try ContentHash(hex: text) }
    }

    @Test("another character than a hexadecimal digit is refused", arguments: ["g", " ", "-", "é", "\0"])
    func wrongDigit(digit: String) {
        #expect(throws: CoreError(.malformedHash, "")) { try ContentHash(hex: digit + Self.abc.dropFirst()) }
    }

    @Test("capital digits mean the same hash, written small")
    func capitals() throws {
        let hash = try ContentHash(hex: Self.abc.uppercased())
        #expect(hash == ContentHash(of: Data("abc".utf8)))
        #expect(hash.hex == Self.abc)
    }

    @Test("in JSON a hash is its digits, and a malformed one is refused there too")
    func codable() throws {
        let hash = try ContentHash(hex: Self.abc)
        let data = try CanonicalJSON.encode([hash])
        #expect(String(decoding: data, as: UTF8.self) == "[\"\(Self.abc)\"]")
        #expect(try CanonicalJSON.decode([ContentHash].self, from: data) == [hash])
        #expect(throws: CoreError(.malformedHash, "")) {
            try CanonicalJSON.decode([ContentHash].self, from: Data("[\"abc\"]".utf8))
        }
    }

    @Test("bytes, short form and order follow the digits")
    func forms() throws {
        let hash = try ContentHash(hex: Self.abc)
        #expect(hash.bytes.count == 32)
        #expect(hash.bytes.first == 0xba)
        #expect(hash.bytes.hexadecimal == Self.abc)
        #expect(hash.short == "ba7816bf8f01")
        #expect("\(hash)" == Self.abc)
        #expect(ContentHash(of: Data("abc".utf8)) < ContentHash(of: Data()))
    }
}
