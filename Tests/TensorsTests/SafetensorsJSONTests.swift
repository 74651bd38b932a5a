import Foundation
import Tensors
import Testing

@Suite("JSON of model folders")
struct SafetensorsJSONTests {
    @Test("every kind of value is read")
    func values() throws {
        let json = try StrictJSON(
            Data(#" {"a":[1,-2.5e3,"x\n\u00e9"],"b":{"c":null,"d":true,"e":false},"n":12345678901234567} "#.utf8),
            what: "text")
        #expect(json["a"]?.elements?.first?.integer == 1)
        #expect(json["a"]?.elements?[1].double == -2500)
        #expect(json["a"]?.elements?[1].integer == nil)
        #expect(json["a"]?.elements?[2].text == "x\né")
        #expect(json["b"]?["c"] == .null)
        #expect(json["b"]?["d"] == .boolean(true))
        #expect(json["b"]?.members?.count == 3)
        #expect(json["n"]?.integer == 12_345_678_901_234_567)
        #expect(json["missing"] == nil)
    }

    @Test(
        "what is not JSON, or not unambiguous, is refused",
        arguments: [
            "", "{", "{}x", #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, #"{"a":{"b":1,"b":1}}"#, "[1,]", "[01]", "[1.]",
            "[.5]", "[+1]", "[1e]", "[-]", "[nul]", "[NaN]", #"["\x"]"#, #"["a]"#, #"{"a" 1}"#, #"{a:1}"#, "[\"\u{1}\"]",
            String(repeating: "[", count: 100_000), String(repeating: #"{"a":"#, count: 100_000),
        ])
    func refused(text: String) {
        #expect(throws: TensorsError(.malformedFile, "")) { try StrictJSON(Data(text.utf8), what: "text") }
    }

    @Test(
        "a member is cut out with its comma, and nothing else changes",
        arguments: [
            (#"{"q": {"x": [1, {}]}, "b": 2}"#, #"{"b": 2}"#), (#"{ "a" : 1 , "q":0, "b":2 }"#, #"{ "a" : 1 , "b":2 }"#),
            (#"{"a": 1e-05,\#n "q": "}" }"#, #"{"a": 1e-05 }"#), (#"{"q":null}"#, "{}"), (#"{"a":{"q":1}}"#, #"{"a":{"q":1}}"#),
            ("{}", "{}"),
        ])
    func removing(text: String, rest: String) throws {
        let found = try StrictJSON.removing("q", from: Data(text.utf8), what: "text")
        #expect(String(decoding: found, as: UTF8.self) == rest)
        _ = try StrictJSON(found, what: "rest")
    }
}
