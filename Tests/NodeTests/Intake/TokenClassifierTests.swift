import ConsiliumTesting
import Deidentification
import Foundation
import Reports
import Tensors
import Testing

@testable import Node

@Suite("A token classifier from a Hugging Face folder")
struct TokenClassifierTests {
    /// Each word of the vocabulary has one class; the model's only block adds nothing, so the class is read from the word.
    static let words: [(String, Int)] = [
        ("[PAD]", 0), ("[UNK]", 0), ("[CLS]", 0), ("[SEP]", 0), ("seen", 0), ("by", 0), ("dr", 0), (".", 0), (",", 0),
        ("smith", 1), ("jones", 1), ("mary", 2), ("##son", 2), ("2019", 3), ("may", 3), ("91", 4), ("45", 4),
        ("nurse", 5),
    ]
    static let classes = ["O", "B-STAFF", "I-PATIENT", "DATE", "L-AGE", "PROFESSION"]

    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    func write(
        classes: [String] = Self.classes, architecture: String = "BertForTokenClassification", positions: Int = 64
    ) throws {
        let hidden = 8
        let names = classes.enumerated().map { "\"\($0)\": \"\($1)\"" }.joined(separator: ", ")
        try folder.write(
            "config.json",
            """
            {"model_type": "bert", "architectures": ["\(architecture)"], "vocab_size": \(Self.words.count),
             "hidden_size": \(hidden), "num_hidden_layers": 1, "num_attention_heads": 1, "intermediate_size": 4,
             "max_position_embeddings": \(positions), "type_vocab_size": 1, "id2label": {\(names)}}
            """)
        try folder.write("vocab.txt", Self.words.map(\.0).joined(separator: "\n") + "\n")
        try folder.write("tokenizer_config.json", #"{"tokenizer_class": "BertTokenizer", "do_lower_case": true}"#)
        var tensors: [NamedTensor] = []
        func add(_ name: String, _ shape: [Int], _ value: (Int) -> Float = { _ in 0 }) {
            tensors.append(NamedTensor(name: name, shape: shape, values: (0..<shape.reduce(1, *)).map(value)))
        }
        let prefix = "bert.embeddings."
        add(prefix + "word_embeddings.weight", [Self.words.count, hidden]) {
            Self.words[$0 / hidden].1 == $0 % hidden ? 1 : 0
        }
        add(prefix + "position_embeddings.weight", [positions, hidden])
        add(prefix + "token_type_embeddings.weight", [1, hidden])
        for norm in [prefix + "LayerNorm", "attention.output.LayerNorm", "output.LayerNorm"] {
            let name = norm.hasPrefix("bert") ? norm : "bert.encoder.layer.0." + norm
            add(name + ".weight", [hidden]) { _ in 1 }
            add(name + ".bias", [hidden])
        }
        for layer in ["attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"] {
            add("bert.encoder.layer.0.\(layer).weight", [hidden, hidden])
            add("bert.encoder.layer.0.\(layer).bias", [hidden])
        }
        add("bert.encoder.layer.0.intermediate.dense.weight", [4, hidden])
        add("bert.encoder.layer.0.intermediate.dense.bias", [4])
        add("bert.encoder.layer.0.output.dense.weight", [hidden, 4])
        add("bert.encoder.layer.0.output.dense.bias", [hidden])
        add("classifier.weight", [classes.count, hidden]) { $0 / hidden == $0 % hidden ? 4 : 0 }
        add("classifier.bias", [classes.count])
        try SafetensorsWriter.write(tensors, to: folder.path("model.safetensors"))
    }

    private func found(_ text: String, positions: Int = 64, threshold: Double = 0.5) throws -> [String] {
        try write(positions: positions)
        let scalars = Array(text.unicodeScalars)
        return try TokenClassifier(folder: folder.url, threshold: threshold).spans(in: text).map { span in
            #expect(span.score >= threshold && span.score <= 1)
            return span.label.rawValue + ":" + String(String.UnicodeScalarView(scalars[span.start..<span.end]))
        }
    }

    @Test("words are found whole, in scalars of the text, with the label of their class")
    func words() throws {
        #expect(try found("👩‍⚕️ seen by dr. Smith, nurse") == ["NAME:Smith"])
        #expect(try found("Mary Maryson seen") == ["NAME:Mary Maryson"])
        #expect(try found("Smith Jones") == ["NAME:Smith", "NAME:Jones"])
        #expect(try found("") == [])
        #expect(try found("\u{200b}\n\t") == [])
    }

    @Test("years alone and ages up to 89 are left")
    func permitted() throws {
        #expect(try found("may 2019") == ["DATE:may 2019"])
        #expect(try found("seen 2019") == [])
        #expect(try found("91 , 45") == ["AGE_OVER_89:91"])
    }

    @Test("a text longer than the model's positions is read in windows", arguments: [40, 41, 64])
    func windows(positions: Int) throws {
        let text = (0..<200).map { $0 % 50 == 49 ? "Smith" : "seen" }.joined(separator: " ")
        #expect(try found(text, positions: positions) == Array(repeating: "NAME:Smith", count: 4))
    }

    @Test("what the site's classifier finds is replaced at import, and switching it off makes the receipts outdated")
    func intake() throws {
        try write()
        let node = try NodeFixture("deidentification:\n  classifier: \(folder.url.path)\n")
        let services = try node.services()
        _ = try IntakeService(services).importReports([
            node.folder.write("a.csv", "mrn,report\n100123,It was seen by jones.\n")
        ])
        var texts: [String] = []
        var isCurrent = true
        try services.vault().forEachDeidentified { _, report, _ in
            texts.append(report.text)
            isCurrent = try Deidentifier(policy: .safeHarbor, siteKey: services.siteKey()).isCurrent(report.receipt)
        }
        #expect(texts == ["It was seen by [NAME]."] && !isCurrent)
    }

    @Test("a model that can't be meant is refused with a sentence")
    func refused() throws {
        func refuse(_ code: NodeError.Code) {
            do {
                _ = try TokenClassifier(folder: folder.url)
                Issue.record("It was accepted.")
            } catch {
                #expect((error as? NodeError)?.code == code)
            }
        }
        try write(classes: ["O", "B-STAFF", "SPACESHIP", "DATE", "AGE", "O"])
        refuse(.configurationInvalid)
        try write(classes: ["STAFF", "STAFF", "STAFF", "DATE", "AGE", "NAME"])
        refuse(.configurationInvalid)
        try write()
        #expect(throws: NodeError.self) { try TokenClassifier(folder: folder.url, threshold: 1.5) }
        #expect(throws: NodeError.self) { try TokenClassifier(folder: NodeFixture.demoBase) }
    }

    @Test(
        "classes of published models are understood, whatever scheme they are written in",
        arguments: [
            ("B-PATIENT", IdentifierLabel.name, true), ("I-HCW", .name, false), ("U-HOSP", .location, true),
            ("L-LOC", .location, false), ("S-DATE", .date, true), ("PHONE", .phone, false), ("ID", .other, false),
            ("I-OTHERPHI", .other, false), ("B_MEDICALRECORD", .medicalRecordNumber, true),
        ])
    func labels(name: String, label: IdentifierLabel, begins: Bool) throws {
        let known = try #require(TokenClass(name: name))
        #expect(known.label == label && known.begins == begins)
        #expect(TokenClass(name: "O")?.isOutside == true)
        #expect(TokenClass(name: "LABEL_3") == nil)
    }
}
