import ConsiliumCore
import Foundation
import Testing

@Suite("Canonical JSON")
struct CanonicalJSONTests {
    struct Note: Codable, Equatable {
        var zebra = 1
        var apple = "a/b"
        var when = Date(timeIntervalSince1970: 1_790_000_000)
        var ratio = 0.1
        var list = [3, 1, 2]
        var nested = ["b": 1, "a": 2]
        var absent: Int?
    }

    private func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }

    private func failure<Value: Decodable>(_ type: Value.Type, _ json: String) -> CoreError? {
        do {
            _ = try CanonicalJSON.decode(type, from: Data(json.utf8))
            return nil
        } catch {
            return error as? CoreError
        }
    }

    @Test("keys are sorted, there is no white space, slashes stay, dates are UTC with whole seconds")
    func bytes() throws {
        let expected =
            #"{"apple":"a/b","list":[3,1,2],"nested":{"a":2,"b":1},"ratio":0.1,"when":"2026-09-21T14:13:20Z","zebra":1}"#
        #expect(text(try CanonicalJSON.encode(Note())) == expected)
    }

    @Test("a fraction of a second does not reach the bytes")
    func fractions() throws {
        let note = Note(when: Date(timeIntervalSince1970: 1_790_000_000.75))
        #expect(try CanonicalJSON.encode(note) == CanonicalJSON.encode(Note()))
    }

    @Test("what is read and written again has the same bytes, also from the form for people")
    func stability() throws {
        let data = try CanonicalJSON.encode(Note())
        let pretty = try CanonicalJSON.encodePretty(Note())
        #expect(text(pretty).contains("\n  \"apple\""))
        for form in [data, pretty] {
            let note = try CanonicalJSON.decode(Note.self, from: form)
            #expect(note == Note())
            #expect(try CanonicalJSON.encode(note) == data)
        }
    }

    @Test("the order in which a dictionary was filled does not matter")
    func dictionaries() throws {
        let keys = (0..<50).map { "key\($0)" }
        var up: [String: Int] = [:]
        for key in keys { up[key] = 1 }
        var down: [String: Int] = [:]
        for key in keys.reversed() { down[key] = 1 }
        #expect(try CanonicalJSON.encode(up) == CanonicalJSON.encode(down))
    }

    @Test(
        "an error names the field at fault and never the value in it",
        arguments: [
            (
                #"{"zebra":"Mrs Miller","apple":"x","when":"2026-01-01T00:00:00Z","ratio":1,"list":[],"nested":{}}"#,
                "zebra"
            ),
            (#"{"zebra":1,"when":"2026-01-01T00:00:00Z","ratio":1,"list":[],"nested":{}}"#, "apple"),
            (#"{"zebra":1,"apple":"x","when":"Mrs Miller","ratio":1,"list":[],"nested":{}}"#, "a date"),
            (
                #"{"zebra":1,"apple":"x","when":"2026-01-01T00:00:00Z","ratio":1,"list":[1,"Mrs Miller"],"nested":{}}"#,
                "list.[1]"
            ),
            (
                #"{"zebra":1,"apple":"x","when":"2026-01-01T00:00:00Z","ratio":1,"list":[],"nested":{"a":"Mrs Miller"}}"#,
                "nested.a"
            ),
            (#"{"zebra":null,"apple":"x","when":"2026-01-01T00:00:00Z","ratio":1,"list":[],"nested":{}}"#, "zebra"),
            (#"["Mrs Miller"]"#, "the top level"),
            (#"{"apple": Mrs Miller"#, "no valid JSON"),
        ])
    func errors(json: String, field: String) throws {
        let error = try #require(failure(Note.self, json))
        #expect(error.code == .malformedJSON)
        #expect(error.message.contains(field))
        #expect(!error.description.contains("Miller"))
    }

    @Test("a number that is not finite can't be written")
    func infinity() {
        #expect(throws: EncodingError.self) { try CanonicalJSON.encode(["epsilon": Double.infinity]) }
        #expect(throws: EncodingError.self) { try CanonicalJSON.encode(["epsilon": Double.nan]) }
    }
}
