internal import ConsiliumCore
internal import FineTuning
internal import Foundation
internal import LanguageModels
internal import Tokenizers

/// Reads the JSON Lines that `train` and `evaluate` take.
///
/// `{"prompt","response"}` (loss on the response), `{"text"}` (loss on all), `{"input_ids","labels"}` (Hugging Face's convention:
/// same positions, shifted inside, -100 is not supervised); each with an optional `"patient"`. Id lines need no tokenizer.
struct TrainingFile {
    struct Line {
        var sequence: TrainingSequence
        /// UTF-8 bytes of the supervised text; `nil` for id lines.
        var bytes: Int?
        /// Whether the whole line is one continued text.
        var isText: Bool
    }

    let lines: [Line]

    private struct Fields: Decodable {
        var prompt: String?
        var response: String?
        var text: String?
        var messages: [Message]?
        var inputIDs: [Int32]?
        var labels: [Int32]?
        var patient: Patient?

        struct Message: Decodable {}

        enum CodingKeys: String, CodingKey {
            case prompt, response, text, messages, labels, patient
            case inputIDs = "input_ids"
        }
    }

    /// A patient key may be text or a number.
    private struct Patient: Decodable {
        let key: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                key = text
            } else {
                key = String(try container.decode(Int.self))
            }
        }
    }

    /// - Parameter limit: the longest sequence that the model can take; longer text lines are cut there, id lines refused.
    /// - Throws: ``NodeError`` `.badInput` naming the line; what the tokenizer throws.
    init(_ url: URL, modelFolder: URL, limit: Int) throws {
        let data = try DurableFile.read(url, limit: 4 << 30)
        var tokenizer: Tokenizer?
        var lines: [Line] = []
        var number = 0
        for row in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            if row.allSatisfy({ $0 == 32 || $0 == 13 || $0 == 9 }) { continue }
            guard let fields = try? JSONDecoder().decode(Fields.self, from: Data(row)) else {
                throw Self.refused(url, number, "it is no JSON object with the expected fields")
            }
            if let ids = fields.inputIDs {
                lines.append(try Self.idLine(ids, fields, limit: limit) { Self.refused(url, number, $0) })
                continue
            }
            if fields.messages != nil {
                throw Self.refused(url, number, "chat messages are not built yet; give \"prompt\" and \"response\"")
            }
            let coder = try tokenizer ?? Tokenizer.load(from: modelFolder)
            tokenizer = coder
            guard let line = try Self.textLine(fields, tokenizer: coder, limit: limit) else {
                throw Self.refused(
                    url, number, "it has neither \"text\", nor \"prompt\" and \"response\", nor \"input_ids\"")
            }
            lines.append(line)
        }
        guard !lines.isEmpty else {
            throw NodeError(.badInput, "\(url.path) has no lines. Give JSON Lines, one example a line.")
        }
        self.lines = lines
    }

    private static func idLine(_ ids: [Int32], _ fields: Fields, limit: Int, refused: (String) -> NodeError) throws
        -> Line
    {
        let labels = fields.labels ?? ids
        guard labels.count == ids.count else {
            throw refused("\"labels\" has \(labels.count) entries and \"input_ids\" \(ids.count); they must be as many")
        }
        guard ids.count >= 2 else { throw refused("a sequence needs at least two tokens") }
        guard ids.count <= limit else { throw refused("it has \(ids.count) tokens; this model takes at most \(limit)") }
        return Line(
            sequence: TrainingSequence(inputIDs: ids, labels: labels, patient: fields.patient?.key), bytes: nil,
            isText: false)
    }

    private static func textLine(_ fields: Fields, tokenizer: Tokenizer, limit: Int) throws -> Line? {
        let begin = tokenizer.bosID.map { [$0] } ?? []
        let end = tokenizer.eosID.map { [$0] } ?? []
        if let text = fields.text {
            let ids = begin + (try tokenizer.encode(text)) + end
            let kept = Array(ids.prefix(limit))
            return Line(
                sequence: TrainingSequence(inputIDs: kept, labels: kept, patient: fields.patient?.key),
                bytes: text.utf8.count, isText: true)
        }
        guard let prompt = fields.prompt, let response = fields.response else { return nil }
        let head = begin + (try tokenizer.encode(prompt))
        let tail = try tokenizer.encode(response) + end
        let ids = Array((head + tail).prefix(limit))
        let labels = Array((head.map { _ in TokenSequence.ignored } + tail).prefix(limit))
        return Line(
            sequence: TrainingSequence(inputIDs: ids, labels: labels, patient: fields.patient?.key),
            bytes: response.utf8.count, isText: false)
    }

    private static func refused(_ url: URL, _ number: Int, _ why: String) -> NodeError {
        NodeError(.badInput, "\(url.lastPathComponent), line \(number): \(why).")
    }
}
