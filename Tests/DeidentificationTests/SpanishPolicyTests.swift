import ConsiliumCore
import Foundation
import Testing

@testable import Deidentification

@Suite("Policies in Spanish texts")
struct SpanishPolicyTests {
    @Test("Safe Harbor keeps years, ages with their unit and the province of a postal code, with English tags")
    func safeHarbor() throws {
        #expect(
            try SpanishFixtures.output("Dr. Oyón, visto el 12 de marzo de 2015 en 28046 Madrid.", .safeHarbor)
                == "Dr. [NAME], visto el 2015 en 28 [LOCATION].")
        #expect(try SpanishFixtures.output("mujer de 91 años", .safeHarbor) == "mujer de 90+ años")
    }

    @Test("the GDPR policy shifts dates, invents names and leaves nothing smaller than a province")
    func gdpr() throws {
        let text = "Dr. Oyón, visto el 12 de marzo de 2015. Domicilio: C/ Luna 3, 28046 Madrid."
        let output = try SpanishFixtures.output(text, .gdpr, patient: "p")
        for value in ["Oyón", "Luna", "28046", "Madrid"] { #expect(!output.contains(value)) }
        #expect(output.contains(" de 201") && output.contains("Dr. ") && !output.contains("["))
    }

    @Test("postal codes of five digits become the province's two digits", arguments: ["28046", "08025", "E-41013"])
    func postalCodes(_ code: String) throws {
        let output = try SpanishFixtures.output("CP: \(code).", .gdpr)
        #expect(output == "CP: \(code.filter(\.isNumber).prefix(2)).")
    }

    /// A written date and how its parts are read back.
    struct Form: Sendable, CustomTestStringConvertible {
        let name: String
        let write: @Sendable (Int, Int, Int) -> String
        var testDescription: String { name }
    }

    static let forms = [
        Form(name: "12/03/2015") { String(format: "%02d/%02d/%04d", $2, $1, $0) },
        Form(name: "1-3-2015") { "\($2)-\($1)-\($0)" },
        Form(name: "12 de marzo de 2015") { "\($2) de \(MonthNames.spanish[$1 - 1]) de \($0)" },
        Form(name: "12 de marzo del 2015") { "\($2) de \(MonthNames.spanish[$1 - 1]) del \($0)" },
        Form(name: "12-mar-2015") { "\($2)-\(MonthNames.spanish[$1 - 1].prefix(3))-\($0)" },
    ]

    @Test("intervals between written dates are kept, whatever their form", arguments: forms)
    func intervals(_ form: Form) throws {
        var generator = ReproducibleGenerator(seed: 5, label: "intervals")
        for round in 0..<40 {
            let days = (0..<3).map { _ in Int.random(in: 12_000...19_000, using: &generator) }
            let text =
                "Visto el "
                + days.map { day in
                    let date = CivilDay.date(day)
                    return form.write(date.year, date.month, date.day)
                }.joined(separator: "; visto el ") + "."
            let output = try SpanishFixtures.output(text, .gdpr, patient: "patient \(round)")
            let moved = try output.dropFirst("Visto el ".count).dropLast().components(separatedBy: "; visto el ").map {
                written in
                let parsed = DateParser(text: ScalarText(String(written), lexicon: .spanish), isDayFirst: true).date(
                    at: 0)
                let date = try #require(parsed)
                return CivilDay.number(
                    year: try #require(date.fullYear), month: try #require(date.month), day: try #require(date.day))
            }
            #expect(moved.count == 3)
            #expect(moved[1] - moved[0] == days[1] - days[0] && moved[2] - moved[1] == days[2] - days[1])
            #expect(moved[0] != days[0] && abs(moved[0] - days[0]) <= 365)
        }
    }

    @Test("months and weekdays stay Spanish and keep their capitals")
    func words() throws {
        let output = try SpanishFixtures.output(
            "El 12 de Marzo de 2015 y el 3 de ENERO de 2016, miércoles.", .gdpr, patient: "p")
        let words = output.split(whereSeparator: { " .,".contains($0) }).map(String.init)
        try #require(words.count == 14)
        #expect(MonthNames.spanish.contains(words[3].lowercased()) && words[3].first?.isUppercase == true)
        #expect(MonthNames.spanish.contains(words[10].lowercased()) && words[10] == words[10].uppercased())
        #expect(["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"].contains(words[13]))
    }

    @Test(
        "no replaced value is in the output, and the notes of a patient agree",
        arguments: [DeidentificationPolicy.gdpr, .limitedDataSet])
    func noValueIsLeft(_ policy: DeidentificationPolicy) throws {
        var generator = ReproducibleGenerator(seed: 3, label: "spanish notes")
        let given = SpanishWords.feminineNames.split(whereSeparator: \.isWhitespace).map(String.init)
        let family = SpanishWords.surnames.split(whereSeparator: \.isWhitespace).map(String.init).filter {
            $0.count > 4
        }
        for round in 0..<60 {
            let first = try #require(given.randomElement(using: &generator)).capitalized
            let last = try #require(family.randomElement(using: &generator)).capitalized
            let number = String(Int.random(in: 1_000_000...9_999_999, using: &generator))
            let notes = [
                "Nombre: \(first).\nApellidos: \(last).\nNHC: \(number).\nInforme: acude a consulta por fiebre desde hace dos días.",
                "Remitida por la Dra. \(first) \(last) con historia: \(number), para control de la tensión.",
            ]
            let outputs = try notes.map { try SpanishFixtures.output($0, policy, patient: "p\(round)") }
            for output in outputs {
                for value in [first, last, number] { #expect(!output.contains(value)) }
            }
            let lines = outputs[0].split(separator: "\n").map {
                $0.dropLast().split(separator: " ").last.map(String.init) ?? ""
            }
            for value in lines.prefix(3) { #expect(outputs[1].contains(value)) }
        }
    }

    @Test("the nicknames and particles of a known name are found in Spanish notes")
    func known() throws {
        let result = try SpanishFixtures.deidentifier().deidentify(
            text: "La paciente, Pepa, viene con la hermana. Ibarrondo refiere dolor y fiebre desde hace dos días.",
            known: [KnownIdentifier(value: "Ibarrondo^Josefa^de la", label: .name)])
        #expect(!result.text.contains("Pepa") && !result.text.contains("Ibarrondo") && result.status == .clean)
    }

    @Test("what isn't an identifier passes unchanged, whatever its scalars")
    func roundTrip() throws {
        for text in [
            "Dolor 3\u{b0} d\u{ed}a \u{2192} alta.", "e\u{301}xito \u{1f600} de la intervenci\u{f3}n",
            "\u{feff}Exploraci\u{f3}n: normal\r\n",
        ] {
            #expect(try SpanishFixtures.output(text, .gdpr) == text)
        }
    }
}
