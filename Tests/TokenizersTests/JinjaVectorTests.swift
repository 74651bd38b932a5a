import ConsiliumCore
import Foundation
import Testing

@testable import Tokenizers

@Suite("Templates give what Jinja2 gives")
struct JinjaVectorTests {
    private static func run(_ template: String) throws -> JinjaInterpreter.Result {
        let person = { (name: String, age: Int, kind: Bool) -> JinjaValue in
            .dictionary([
                (key: JinjaText("name"), value: JinjaValue(name)), (key: JinjaText("age"), value: .integer(age)),
                (key: JinjaText("kind"), value: .bool(kind)),
            ])
        }
        let variables: [String: JinjaValue] = [
            "messages": .list([]), "tools": .none, "documents": .none, "add_generation_prompt": .bool(false),
            "bos_token": JinjaValue("<s>"), "text": JinjaValue("  Some Text\n"),
            "people": .list([person("Ann", 41, true), person("Bo", 29, false)]),
        ]
        return try JinjaInterpreter.run(
            JinjaParser.statements(of: template), variables: variables, inputSize: 0, clock: nil)
    }

    @Test("every small template gives the same text, or is refused by both")
    func snippets() throws {
        let snippets = try ChatVectors.read().snippets
        #expect(snippets.count > 80)
        for snippet in snippets {
            if let text = snippet.text {
                do {
                    let result = try Self.run(snippet.template).text.string
                    #expect(Array(result.unicodeScalars) == Array(text.unicodeScalars), "\(snippet.template)")
                } catch { Issue.record("\(snippet.template): \(error)") }
            } else {
                #expect(throws: TokenizersError.self, "\(snippet.template)") { try Self.run(snippet.template) }
            }
        }
    }

    @Test(
        "what is not supported is named",
        arguments: [
            ("{% include 'x' %}", "include"), ("{% import 'x' as y %}", "import"), ("{% extends 'x' %}", "extends"),
            ("{% raw %}{% endraw %}", "raw"), ("{% call f() %}{% endcall %}", "call"),
            ("{% frobnicate %}", "frobnicate"),
            ("{{ 1 | frobnicate }}", "frobnicate"), ("{{ 1 is frobnicate }}", "frobnicate"), ("{{ 2 ** 3 }}", "**"),
            ("{{ f(*x) }}", "*"), ("{{ [1] }}", "tojson"), ("{{ 'a' % 1 }}", "%"),
            ("{% for x in y recursive %}{% endfor %}", "recursive"), ("{{ {1: 2} }}", "key"),
            ("{{ 1 | tojson(separators=1) }}", "separators"),
            ("{% for x in [1] %}{{ loop.changed(x) }}{% endfor %}", "changed"),
        ])
    func unsupported(template: String, name: String) throws {
        let error = try #require(throws: TokenizersError.self) { try Self.run("\n" + template) }
        #expect(error.code == .unusableTemplate)
        #expect(error.message.contains(name) && error.message.contains("line 2"), "\(error.message)")
    }

    @Test(
        "a template that works too much, nests too deep or writes too much is stopped",
        arguments: [
            "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}{% endfor %}{% endfor %}{% endfor %}",
            "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
            "{% set ns = namespace(s='aaaaaaaa') %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
            "{% set ns = namespace(s=[1]) %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
            "{{ 'a' * 9223372036854775807 }}", "{{ 'a' * 1000000000 }}", "{{ ('a' * 60000).replace('', 'b' * 60000) }}",
            "{% set x = 'a' * 10000 %}{% for i in range(99999) %}{{ x }}{% endfor %}",
            "{{ 9223372036854775807 + 1 }}", "{{ -9223372036854775807 - 2 }}", "{{ 99999999999999999999 }}",
            "{{ (-9223372036854775807 - 1) // -1 }}", "{{ (-9223372036854775807 - 1) % -1 }}",
            "{{ 'abc'[::0] }}", "{{ [1][9223372036854775807] + 1 }}",
            "{{ range(0, 9223372036854775807, 9223372036854775807) }}", "{{ range(0, -9223372036854775807 - 1) }}",
            "{% set ns = namespace(x=1) %}{% for i in range(60000) %}{% set ns.x = [ns.x] %}{% endfor %}",
            "{% set ns = namespace(x=1) %}{% for i in range(60000) %}{% set ns.x = {'a': ns.x} %}{% endfor %}",
            "{% set ns = namespace(x=1) %}{% for i in range(60000) %}{% set ns.x = namespace(x=ns.x) %}{% endfor %}",
            "{% set ns = namespace(x=1) %}{% set ns.x = ns %}", "{% set ns = namespace(x=1) %}{% set ns.x = [ns] %}",
            "{% set ns = namespace(x=1) %}{% for i in range(9) %}{% set ns.x = [ns.x, loop] %}{% endfor %}",
            "{% set x = 1 %}" + String(repeating: "{% set x = [x] %}", count: 50_000),
            String(repeating: "{% if 1 %}", count: 10_000), "{{ " + String(repeating: "(", count: 100_000),
            "{{ " + String(repeating: "[", count: 100_000), "{{ " + String(repeating: "-", count: 100_000) + "1 }}",
            "{{ " + String(repeating: "not ", count: 100_000) + "1 }}",
            "{{ 1" + String(repeating: " + 1", count: 100_000) + " }}",
            "{{ a" + String(repeating: ".a", count: 100_000) + " }}",
            "{{ a" + String(repeating: "|list", count: 100_000) + " }}",
            "{{ a" + String(repeating: " if a", count: 100_000) + " }}",
            "{{ 1" + String(repeating: " if 0 else 1", count: 100_000) + " }}",
            "{{ x" + String(repeating: " is string", count: 100_000) + " }}",
            "{% set ns = namespace() %}{% set ns.x = [1] %}{% for i in range(99) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x | tojson }}",
        ])
    func bounded(template: String) throws {
        let clock = ContinuousClock()
        let time = clock.measure { #expect(throws: TokenizersError.self) { try Self.run(template) } }
        #expect(time < .seconds(30))
    }

    @Test("a search takes time in proportion to the text, whatever is searched for")
    func searches() throws {
        let template = "{% set t = 'a' * 200000 %}{% set n = 'a' * 100000 ~ 'b' %}{{ n in t }}{{ t.count(n) }}"
        let clock = ContinuousClock()
        let start = clock.now
        #expect(try Self.run(template).text.string == "False0")
        #expect(clock.now - start < .seconds(60))
        let long =
            "{% set n = 'ab' * 40 %}{{ ('x' ~ n ~ 'ab' ~ n ~ 'y').replace(n, '-') }}{{ ('aab' * 20 ~ n).find(n) }}"
        #expect(try Self.run(long).text.string == "x--aby58")
    }

    @Test("cuts and flipped characters of a real template end orderly")
    func mutations() throws {
        var random = ReproducibleGenerator(seed: 17)
        for family in try ChatVectors.read().families.keys.sorted() {
            let source = Array(try ChatVectors.source(family).unicodeScalars)
            for _ in 0..<150 {
                var view = source
                for _ in 0..<Int.random(in: 1...3, using: &random) where !view.isEmpty {
                    let index = Int.random(in: 0..<view.count, using: &random)
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0: view.remove(at: index)
                    case 1: view[index] = view[Int.random(in: 0..<view.count, using: &random)]
                    default: view = Array(view[..<max(index, 1)])
                    }
                }
                let text = String(String.UnicodeScalarView(view))
                do {
                    let template = try ChatTemplate(jinja: text)
                    _ = try template.render([ChatMessage(role: .user, content: "x")], addGenerationPrompt: true)
                } catch { #expect(error is TokenizersError) }
            }
        }
    }

    @Test("the date comes from the caller, and without one there is no clock")
    func dates() throws {
        let source =
            "{% if strftime_now is defined %}{{ strftime_now('%d %b %Y, %A %B %-H') }}{% else %}fixed{% endif %}"
        #expect(try ChatTemplate(jinja: source).render([], addGenerationPrompt: false).text == "fixed")
        let date = Date(timeIntervalSince1970: 1_700_000_000)
        #expect(throws: TokenizersError(.unusableTemplate, "")) {
            try ChatTemplate(jinja: source).render([], addGenerationPrompt: false, date: date)
        }
        let sound = "{{ strftime_now('%d %b %Y, %A %B %H:%M:%S %y %m %%') }}"
        #expect(
            try ChatTemplate(jinja: sound).render([], addGenerationPrompt: false, date: date).text
                == "14 Nov 2023, Tuesday November 22:13:20 23 11 %")
    }

    @Test("a template's complaint reaches the user without the messages' text")
    func complaint() throws {
        let template = try ChatTemplate(jinja: "{{ raise_exception('Bad turn: ' ~ messages[0].content ~ '!') }}")
        let error = try #require(throws: TokenizersError.self) {
            try template.render([ChatMessage(role: .user, content: "Jane Roe")], addGenerationPrompt: false)
        }
        #expect(error.code == .refusedChat)
        #expect(error.message.contains("Bad turn: …!") && !error.message.contains("Jane"))
    }
}
