import Testing

@testable import Evaluation

@Suite("Numbers and negations that the source does not support")
struct SupportCheckTests {
    @Test(
        "numbers",
        arguments: [
            ("5 mm nodule", "A nodule of 5 mm.", 1, 0), ("5 cm nodule", "A nodule of 5 mm.", 1, 1),
            ("1.2 cm", "12 mm", 1, 0), ("1,200 mL", "1200 ml", 1, 0), ("1.2 L", "1200 mL", 1, 0),
            ("BP 120/80", "Blood pressure was 120/80.", 2, 0), ("BP 120/90", "Blood pressure was 120/80.", 2, 1),
            ("3 stents", "three stents", 1, 0), ("4 stents", "three stents", 1, 1), ("EF 55%", "EF 55 %", 1, 0),
            ("0,5 mg", "0.5 mg", 1, 0), ("2 times", "twice", 1, 0), ("disc at L4-L5", "L4-L5 disc", 2, 0),
            ("disc at L3", "L4-L5 disc", 1, 1), ("no numbers", "7", 0, 0), ("", "", 0, 0), ("9", "", 1, 1),
            ("500 mcg", "0.5 mg", 1, 0), ("5.", "5", 1, 0), ("01", "1", 1, 0),
        ])
    func numbers(text: String, source: String, all: Int, unsupported: Int) {
        let check = SupportCheck(text: text, source: source)
        #expect(check.numbers == all && check.unsupportedNumbers == unsupported)
    }

    @Test(
        "negations",
        arguments: [
            ("No pneumothorax.", "There is no pneumothorax or effusion.", 1, 0, 0),
            ("No pneumothorax.", "Large pneumothorax.", 1, 1, 0), ("Pneumothorax.", "No pneumothorax.", 0, 0, 1),
            ("Denies fever and cough.", "Patient denies fever, cough or chills.", 2, 0, 0),
            ("No fever but cough.", "Fever: none. Cough.", 1, 1, 0),
            ("Fracture not seen.", "No fracture.", 1, 0, 0), ("Fracture ruled out.", "No fracture.", 1, 0, 0),
            ("Effusion.", "No pneumothorax. Small effusion.", 0, 0, 0),
            ("Sin fiebre.", "Niega fiebre.", 1, 0, 0), ("Fiebre.", "Niega fiebre.", 0, 0, 1),
            ("", "No fever.", 0, 0, 0),
        ])
    func negations(text: String, source: String, denied: Int, unsupported: Int, lost: Int) {
        let check = SupportCheck(text: text, source: source)
        #expect(check.negations == denied, "\(NegationScanner().findings(in: text))")
        #expect(check.unsupportedNegations == unsupported)
        #expect(check.lostNegations == lost)
    }

    @Test("a text that repeats its source is supported in all")
    func same() {
        let report =
            "FINDINGS: 3.5 x 2 cm mass in segment 7. No free fluid, no adenopathy. Liver is not enlarged. IMPRESSION: hepatic mass; without metastases."
        let check = SupportCheck(text: report, source: report)
        #expect(check.numbers == 3 && check.negations >= 4)
        #expect(check.unsupportedNumbers == 0 && check.unsupportedNegations == 0 && check.lostNegations == 0)
    }
}
