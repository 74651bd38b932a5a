import ConsiliumCore
import Foundation
import Testing

@testable import Deidentification

@Suite("Surrogates")
struct SurrogatePropertyTests {
    private static func surrogates(
        _ patient: String = "p", language: NoteLanguage = .english, replaced: Set<UInt64> = []
    ) -> Surrogates {
        Surrogates(
            keyed: KeyedHash(key: Fixtures.key), scope: "patient:" + patient, language: language, replaced: replaced)
    }

    private static func name(_ value: String, _ patient: String = "p", _ language: NoteLanguage = .english) -> String {
        surrogates(patient, language: language).surrogate(for: value, label: .name)
    }

    @Test(
        "a person stays one person by full name, family name, given name and nickname, in every note and language",
        arguments: ["p1", "p2", "p3", "p4"])
    func persons(_ patient: String) {
        let full = Self.name("Robert Keltham", patient).split(separator: " ").map(String.init)
        #expect(full.count == 2)
        #expect(Self.name("KELTHAM, ROBERT", patient) == "\(full[1].uppercased()), \(full[0].uppercased())")
        #expect(Self.name("Bob", patient) == full[0] && Self.name("Robert", patient) == full[0])
        #expect(Self.name("keltham", patient, .spanish) == full[1].lowercased())
        let spanish = Self.name("Josefa Ibáñez de la Fuente", patient, .spanish)
        #expect(spanish.contains(" de la ") && Self.name("Ibanez", patient) == String(spanish.split(separator: " ")[1]))
        #expect(Self.name("Pepa", patient, .spanish) == String(spanish.split(separator: " ")[0]))
    }

    @Test(
        "the sex that the lists know is kept",
        arguments: ["Patricia", "Kimberly", "Visitación", "Purificación"])
    func feminine(_ value: String) {
        let lists = SurrogateNames.englishFeminine + SurrogateNames.spanishFeminine + SurrogateNames.sharedFeminine
        for patient in 0..<20 { #expect(lists.contains(Self.name(value, "\(patient)", .spanish))) }
    }

    @Test("the length is nearly kept", arguments: ["Ruiz", "Keltham", "Oyarzun", "Rodríguez", "Smith"])
    func length(_ value: String) {
        for patient in 0..<50 { #expect(abs(Self.name(value, "\(patient)").count - value.count) <= 2) }
    }

    @Test("no surrogate is its own original or another value of the text")
    func noOriginals() {
        for list in [SurrogateNames.englishFamily, SurrogateNames.spanishFamily, SurrogateNames.sharedFamily] {
            for patient in 0..<20 {
                let surrogates = Self.surrogates("\(patient)", replaced: Set(list.prefix(40).map { WordHash.of($0) }))
                for original in list.prefix(40) {
                    let surrogate = surrogates.surrogate(for: original, label: .name)
                    #expect(!list.prefix(40).contains { $0.lowercased() == surrogate.lowercased() })
                }
            }
        }
    }

    @Test("numbers change in every notation alike and keep their form")
    func numbers() {
        var generator = ReproducibleGenerator(seed: 7, label: "surrogate numbers")
        for _ in 0..<500 {
            let digits = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                String(Int.random(in: 0...9, using: &generator))
            }
            let plain = digits.joined()
            let surrogates = Self.surrogates("\(plain.count)")
            for label in [IdentifierLabel.medicalRecordNumber, .phone, .fax, .other, .account] {
                let value = surrogates.surrogate(for: plain, label: label)
                #expect(value != plain && value.count == plain.count && value.allSatisfy(\.isNumber))
                let grouped = surrogates.surrogate(for: digits.joined(separator: "-"), label: label)
                #expect(grouped.filter(\.isNumber) == value)
            }
        }
    }

    @Test("Spanish telephones become numbers that no one has, with their country's code")
    func telephones() {
        let surrogates = Self.surrogates(language: .spanish)
        #expect(surrogates.surrogate(for: "612 34 56 78", label: .phone).hasPrefix("555 "))
        #expect(surrogates.surrogate(for: "+34 912 345 678", label: .phone).hasPrefix("+34 555 "))
        #expect(surrogates.surrogate(for: "0034912345678", label: .phone).hasPrefix("0034555"))
    }

    @Test(
        "places get places of their language and kind",
        arguments: [
            ("Calle Mayor 3, 2º B", NoteLanguage.spanish, "Calle "), ("Avda. de la Paz, 14", .english, "Calle "),
            ("Hospital Universitario de Getafe", .spanish, "Hospital de "),
        ])
    func places(_ value: String, _ language: NoteLanguage, _ start: String) {
        let place = Self.surrogates(language: language).surrogate(for: value, label: .location)
        #expect(place.hasPrefix(start) && !value.contains(place))
        #expect(Self.surrogates(language: .spanish).surrogate(for: value.uppercased(), label: .location) == place)
    }

    @Test("words of any script and odd scalars are replaced, and nothing of them is left")
    func oddScalars() {
        var generator = ReproducibleGenerator(seed: 11, label: "odd scalars")
        let alphabet: [UInt32] =
            Array(0x41...0x5a) + Array(0x61...0x7a) + [
                0xe9, 0xf1, 0x301, 0x200d, 0xad, 0x430, 0x4e2d, 0x1f600, 0x2019, 0x2d, 0x660,
            ]
        for _ in 0..<400 {
            let scalars = (0..<Int.random(in: 3...14, using: &generator)).compactMap { _ in
                alphabet.randomElement(using: &generator).flatMap(Unicode.Scalar.init)
            }
            let value = String(String.UnicodeScalarView(scalars))
            for label in IdentifierLabel.allCases where label != .date && label != .ageOver89 {
                let surrogate = Self.surrogates().surrogate(for: value, label: label)
                let letters = ScalarText(value).kinds.contains { $0.isAlphanumeric && $0 != .ignorable }
                #expect(surrogate != value || !letters)
            }
        }
    }
}
