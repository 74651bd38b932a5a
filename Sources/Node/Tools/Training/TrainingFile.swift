internal import ConsiliumCore
internal import FineTuning
internal import Foundation
internal import LanguageModels

/// Reads the JSON Lines that `train` and `evaluate` take.
///
/// `{"prompt","response"}` (loss on the response), `{"text"}` (loss on all; masked for masked language models),
/// `{"messages"}` (loss on what the assistant says), `{"input_ids","labels"}` (Hugging Face's convention: same positions,
/// shifted inside, -100 is not supervised), for classifiers with one `"label"`; each with an optional `"patient"`. Lines of
/// ids need no tokenizer.
struct TrainingFile {
    struct Line {
        var sequence: TrainingSequence
        /// UTF-8 bytes of the supervised text; `nil` for lines of ids and for labels that are no text.
        var bytes: Int?
        /// Whether the whole line is one continued text.
        var isText: Bool
        /// Whether its end was cut off, because the model has no more positions.
        var isCut = false
    }

    let lines: [Line]

    /// - Parameters:
    ///   - limit: the longest sequence; longer text lines are cut there, lines of ids refused.
    ///   - seed: decides what is masked for a masked language model.
    /// - Throws: ``NodeError`` `.badInput` naming the line; what the tokenizer throws.
    init(_ url: URL, modelFolder: URL, model: ModelConfiguration, limit: Int, seed: UInt64 = 0) throws {
        var encoder = TrainingLineEncoder(
            folder: modelFolder, head: model.head, vocabulary: model.vocabularySize, limit: limit, seed: seed)
        var lines: [Line] = []
        let decoder = JSONDecoder()
        try LineReader(url).forEachRecord { row, number in
            func refused(_ why: String) -> NodeError {
                NodeError(.badInput, "\(url.lastPathComponent), line \(number): \(why).")
            }
            guard let fields = try? decoder.decode(TrainingLine.self, from: row) else {
                throw refused("it is no JSON object with the expected fields")
            }
            do {
                lines.append(try encoder.encode(fields, number: number))
            } catch let refusal as TrainingLineEncoder.Refusal {
                throw refused(refusal.reason)
            }
        }
        guard !lines.isEmpty else {
            throw NodeError(.badInput, "\(url.path) has no lines. Give JSON Lines, one example a line.")
        }
        self.lines = lines
    }
}
