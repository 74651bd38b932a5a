import Foundation
import Testing

@testable import Reports

@Suite("XML")
struct XMLScannerTests {
    private static func tree(_ text: String) throws -> XMLTree { try XMLTree.parse(Data(text.utf8)) }

    @Test("elements, attributes, references, CDATA and comments are read; prefixes need no declaration")
    func reading() throws {
        let root = try Self.tree(
            "\u{FEFF}<?xml version=\"1.0\"?><!-- a --><x:a b='1 &lt; 2' c=\"&#x41;&#66;\"><sdtc:d/>t&amp;u<![CDATA[<v>]]></x:a >\n<!-- z -->"
        )
        #expect(root.name == "a")
        #expect(root["b"] == "1 < 2")
        #expect(root["c"] == "AB")
        #expect(root.first("d") != nil)
        #expect(root.text == "t&u<v>")
    }

    private static let encoded: [Data] = {
        func narrow(_ encoding: String) -> Data {
            var data = Data("<?xml version='1.0' encoding=\"\(encoding)\"?><a>".utf8)
            data.append(0xE9)
            data.append(contentsOf: Array("</a>".utf8))
            return data
        }
        var marked = Data([0xFF, 0xFE])
        marked.append(wide("<?xml version='1.0' encoding='UTF-16'?><a>é</a>", isLittle: true))
        var markedBig = Data([0xFE, 0xFF])
        markedBig.append(wide("<a>é</a>", isLittle: false))
        let plain = Data("<?xml version='1.0' encoding='UTF-8'?><a>é</a>".utf8)
        return [
            plain, narrow("ISO-8859-1"), narrow("windows-1252"), marked, markedBig, wide("<a>é</a>", isLittle: true),
            wide("<a>é</a>", isLittle: false),
        ]
    }()

    @Test("encodings are taken from a mark, the first bytes or the declaration", arguments: encoded)
    func encodings(data: Data) throws {
        #expect(try XMLTree.parse(data).text == "é")
    }

    private static func wide(_ text: String, isLittle: Bool) -> Data {
        Data(text.utf16.flatMap { isLittle ? [UInt8($0 & 255), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 255)] })
    }

    @Test("bytes that are not in the declared encoding are refused")
    func undecodable() throws {
        #expect(throws: TextDecoding.Failure.self) {
            try XMLTree.parse(Data("<a>".utf8) + Data([0xE9]) + Data("</a>".utf8))
        }
        #expect(throws: TextDecoding.Failure.self) { try Self.tree("<?xml version='1.0' encoding='KOI8-R'?><a/>") }
        #expect(throws: TextDecoding.Failure.self) { try Self.tree("<?xml version='1.0' encoding='UTF-16'?><a/>") }
    }

    @Test(
        "what is not well-formed is refused with its line",
        arguments: [
            "", "text", "<a>", "<a></b>", "<a/><b/>", "<a b></a>", "<a b=c/>", "<a b='1' b='2'/>", "<a b='<'/>",
            "<a>&b</a>",
            "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>\u{1}</a>", "<a><!-- </a>", "<a><![CDATA[</a>", "<a/>x", "< a/>",
            "<a b='1'c='2'/>",
            "<a>&#99999999999;</a>", "<1/>", "<!a>", "<a/><![CDATA[x]]>",
        ])
    func malformed(text: String) throws {
        #expect(throws: XMLScanner.Fault.malformed(line: 1)) { try Self.tree(text) }
    }

    @Test("document types and entities are refused, and so is what they would make of the document")
    func entities() throws {
        let laughs = """
            <?xml version="1.0"?><!DOCTYPE a [<!ENTITY l "lol"><!ENTITY m "&l;&l;&l;&l;&l;&l;&l;&l;&l;&l;">]><a>&m;</a>
            """
        #expect(throws: XMLScanner.Fault.documentType) { try Self.tree(laughs) }
        #expect(throws: XMLScanner.Fault.documentType) {
            try Self.tree("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>")
        }
        #expect(throws: XMLScanner.Fault.documentType) {
            try Self.tree("<!DOCTYPE a SYSTEM \"http://example.org/a.dtd\"><a/>")
        }
        #expect(throws: XMLScanner.Fault.undefinedEntity(line: 2)) { try Self.tree("<a>\n&nbsp;</a>") }
    }

    @Test("depth, attributes and elements have bounds, and reaching them takes little time")
    func bounds() throws {
        let start = ContinuousClock.now
        #expect(throws: XMLScanner.Fault.tooDeep) { try Self.tree(String(repeating: "<a>", count: 1_000_000)) }
        let wide = (0..<10_000).map { "a\($0)='1'" }.joined(separator: " ")
        #expect(throws: XMLScanner.Fault.tooLarge) { try Self.tree("<a \(wide)/>") }
        let long = String(repeating: "x", count: 1 << 20)
        #expect(throws: XMLScanner.Fault.tooLarge) { try Self.tree("<a b='\(long)'/>") }
        #expect(throws: XMLScanner.Fault.tooLarge) { try Self.tree("<\(long)/>") }
        #expect(throws: XMLScanner.Fault.tooLarge) {
            try Self.tree("<a>" + String(repeating: "<b/>", count: 600_000) + "</a>")
        }
        #expect(ContinuousClock.now - start < .seconds(30))
    }
}
