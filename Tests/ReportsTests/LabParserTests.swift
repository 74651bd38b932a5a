import ConsiliumCore
import Foundation
import Testing

@testable import Reports

@Suite("Laboratory values")
struct LabParserTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        /// Name, written value, unit, range, verdict.
        let values: [String]
        var testDescription: String { text }
    }

    static let forms: [Case] = [
        Case(text: "Sodium 131 mmol/L (135-145)", values: ["Sodium|131|mmol/L|135-145|low"]),
        Case(text: "Hgb: 9.2 L [12.0-16.0]", values: ["Hgb|9.2||12.0-16.0|low"]),
        Case(text: "WBC 12.3 H 4.0-11.0 K/uL", values: ["WBC|12.3|K/uL|4.0-11.0|high"]),
        Case(text: "Creatinine: 1.8 mg/dL (H) (ref 0.6 - 1.2)", values: ["Creatinine|1.8|mg/dL|0.6-1.2|high"]),
        Case(text: "CRP 3.1 mg/L (reference range: <5.0)", values: ["CRP|3.1|mg/L|<5.0|normal"]),
        Case(text: "eGFR 42 mL/min (>60)", values: ["eGFR|42|mL/min|>60|low"]),
        Case(text: "TSH 6.1 ref 0.4 to 4.0", values: ["TSH|6.1||0.4-4.0|high"]),
        Case(text: "Platelets\t250\t10*3/uL\t150-400", values: ["Platelets|250|10*3/uL|150-400|normal"]),
        Case(text: "| Glucose | 250 | H | 70–99 | mg/dL |", values: ["Glucose|250|mg/dL|70-99|high"]),
        Case(text: "WBC 12,300 /uL (4,000-11,000)", values: ["WBC|12,300|/uL|4,000-11,000|high"]),
        Case(text: "Potasio 3,1 mmol/L (3,5 - 5,1)", values: ["Potasio|3,1|mmol/L|3,5-5,1|low"]),
        Case(text: "Troponin I <0.01 ng/mL (<0.04)", values: ["Troponin I|<0.01|ng/mL|<0.04|normal"]),
        Case(
            text: "Na 131 (135-145), K 5.9 (3.5-5.1); Cl 101 (98-107).",
            values: ["Na|131||135-145|low", "K|5.9||3.5-5.1|high", "Cl|101||98-107|normal"]),
        Case(text: "Sodium (Na) 140 mmol/L (135-145)", values: ["Sodium Na|140|mmol/L|135-145|normal"]),
        Case(text: "Vitamin B12 180 pg/mL (200-900)", values: ["Vitamin B12|180|pg/mL|200-900|low"]),
        Case(text: "Hemoglobin A1c 8.1 % (4.0-5.6)", values: ["Hemoglobin A1c|8.1|%|4.0-5.6|high"]),
        Case(text: "Sodium 131 mmol/L", values: ["Sodium|131|mmol/L||"]),
    ]

    @Test("values, units and ranges are read in every form", arguments: forms)
    func readsForms(sample: Case) {
        let found = LabParser.results(in: sample.text).map {
            "\($0.name)|\($0.written)|\($0.unit ?? "")|\($0.range ?? "")|\($0.verdict?.rawValue ?? "")"
        }
        #expect(found == sample.values)
    }

    @Test(
        "no verdict is made up",
        arguments: [
            "Aspirin 81 mg (1-2 tablets)", "BP 120/80", "Seen on 01-02-2024 at 10:30", "aged 45 (range of motion full)",
            "Calcium 9.1 mg/dL (2.1-2.6 mmol/L)",
            "Troponin <5 ng/L (3-4)", "L4-5 disc", "call 555-0123", "3 of 5 nodes (1-2 cm apart)",
        ])
    func noVerdict(text: String) {
        #expect(LabParser.results(in: text).allSatisfy { $0.verdict == nil })
    }

    @Test("a flag is compared with what value and range say")
    func flags() {
        #expect(LabParser.results(in: "Na 131 H (135-145)").map(\.isContradicted) == [true])
        #expect(LabParser.results(in: "Na 131 L (135-145)").map(\.isContradicted) == [false])
        #expect(LabParser.results(in: "Na 140 (135-145)").map(\.isContradicted) == [false])
        #expect(LabParser.results(in: "Na 140 H (135-145)").map(\.isContradicted) == [true])
    }

    @Test("a value against its range is judged as arithmetic says, whatever the numbers", arguments: 0..<5)
    func arithmetic(seed: Int) {
        var generator = ReproducibleGenerator(seed: UInt64(seed), label: "labs")
        for _ in 0..<200 {
            let low = Int.random(in: 0...500, using: &generator),
                high = low + Int.random(in: 1...500, using: &generator)
            let value = Int.random(in: 0...1200, using: &generator)
            let expected: LabResult.Verdict = value < low ? .low : value > high ? .high : .normal
            let text = "Analyte \(Double(value) / 10) mg/dL (\(Double(low) / 10)-\(Double(high) / 10))"
            #expect(LabParser.results(in: text).map(\.verdict) == [expected])
        }
    }

    @Test("random text never traps", arguments: 0..<5)
    func fuzz(seed: Int) {
        var generator = ReproducibleGenerator(seed: UInt64(seed), label: "lab fuzz")
        let alphabet = Array("Na 0123456789.,-–(<>)[]/|^*HLrefto%µé\n\t;:".unicodeScalars)
        for _ in 0..<200 {
            var text = String.UnicodeScalarView()
            for _ in 0..<120 { text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]) }
            for result in LabParser.results(in: String(text)) { #expect(result.value.isFinite) }
        }
    }
}
