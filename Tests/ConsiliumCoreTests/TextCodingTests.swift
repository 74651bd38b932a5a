import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@Suite("Hexadecimal and base64 texts")
struct TextCodingTests {
    @Test("hexadecimal digits and bytes are the same thing", arguments: [0, 1, 2, 31, 256])
    func hexadecimal(count: Int) throws {
        let data = try SeededRandom(seed: 5).bytes(count)
        #expect(data.hexadecimal.utf8.count == 2 * count)
        #expect(Data(hexadecimal: data.hexadecimal) == data)
        #expect(Data(hexadecimal: data.hexadecimal.uppercased()) == data)
    }

    @Test("every byte has its two small digits")
    func allBytes() {
        #expect(Data([0, 9, 10, 15, 16, 159, 160, 255]).hexadecimal == "00090a0f109fa0ff")
        #expect(Data(hexadecimal: "00090a0f109fa0ff") == Data([0, 9, 10, 15, 16, 159, 160, 255]))
    }

    @Test(
        "odd lengths and other characters are no hexadecimal text",
        arguments: ["0", "abc", "0g", "0x", " 00", "é0", "०१"])
    func badHexadecimal(text: String) {
        #expect(Data(hexadecimal: text) == nil)
    }

    @Test(
        "base64 for URLs has the values of RFC 4648, without padding",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ])
    func base64URL(text: String, encoded: String) {
        #expect(Data(text.utf8).base64URL == encoded)
        #expect(Data(base64URL: encoded) == Data(text.utf8))
    }

    @Test("no byte needs a character that means something in a URL")
    func urlSafe() throws {
        let data = Data([0xfb, 0xff, 0xbf, 0xfe])
        #expect(data.base64URL == "-_-__g")
        #expect(Data(base64URL: "-_-__g") == data)
        for count in 0..<40 {
            let random = try SeededRandom(seed: UInt64(count)).bytes(count)
            let text = random.base64URL
            #expect(text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
            #expect(Data(base64URL: text) == random)
        }
    }

    @Test("what is no base64 is refused", arguments: ["Z", "Zm9v!", "Zm 9v", "Zm9v\n", "é"])
    func badBase64(text: String) {
        #expect(Data(base64URL: text) == nil)
    }
}
