import ConsiliumCore
import Foundation
import Testing

@testable import Deidentification

@Suite("Spanish rules on any text")
struct SpanishFuzzTests {
    /// Words of the lists, cues and marks in any order and any case: every rule begins somewhere and must end.
    @Test("end, and give disjoint spans inside of the text", .timeLimit(.minutes(60)))
    func soup() throws {
        var generator = ReproducibleGenerator(seed: 17, label: "spanish soup")
        let marks = [
            ".", ",", ":", "-", "/", "(", ")", "\"", "\n", "º", "ª", "+34", "#", "s/n", "C/", "28046", "12", "3", "91",
            "2015",
        ]
        let words =
            marks + marks
            + SpanishWords.all.flatMap { list in
                list.words.split(whereSeparator: \.isWhitespace).prefix(60).map(String.init)
            }
            + SpanishWords.placePhrases.split(separator: "|").prefix(40).map {
                $0.trimmingCharacters(in: .whitespacesAndNewlines)
            }
            + [
                "nuestra señora de", "virgen del", "H. U.", "C.S.", "DNI", "NHC", "remitido por", "domicilio", "cp",
                "nº", "dr", "d.",
            ]
        let deidentifier = try SpanishFixtures.deidentifier(.gdpr)
        for _ in 0..<300 {
            var text = ""
            for _ in 0..<Int.random(in: 1...60, using: &generator) {
                guard let word = words.randomElement(using: &generator) else { continue }
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: text += word.uppercased()
                case 1: text += word.prefix(1).uppercased() + word.dropFirst()
                default: text += word
                }
                if Int.random(in: 0..<5, using: &generator) > 0 { text += " " }
            }
            let result = try deidentifier.deidentify(text: text, patient: "p")
            var position = 0
            for span in result.spans {
                #expect(span.start >= position && span.end > span.start)
                position = span.end
            }
            #expect(position <= text.unicodeScalars.count)
        }
    }

    @Test(
        "words that begin a facility and name none",
        .timeLimit(.minutes(60)),
        arguments: [
            "Virgen del 3", "Nuestra Señora de", "VIRGEN DE LA", "Puigvert.", "H. U. Virgen", "C.S. Nuestra",
            "Virgen de (",
        ])
    func beginnings(_ text: String) throws {
        #expect(try SpanishFixtures.deidentifier().deidentify(text: text).status == .clean)
    }
}
