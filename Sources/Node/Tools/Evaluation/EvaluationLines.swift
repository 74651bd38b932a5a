internal import Evaluation
internal import Foundation

/// Reads the JSON Lines of an evaluation; what is wrong with one is said with its number and without its text.
enum EvaluationLines {
    /// Why a line can't be used: the end of a sentence.
    struct Refusal: Error {
        let reason: String
    }

    /// - Throws: ``NodeError`` `.badInput` naming the line, or for a file without lines.
    static func read<Item>(_ url: URL, _ parse: (Data, Int) throws -> Item) throws -> [Item] {
        var items: [Item] = []
        try LineReader(url).forEachRecord { row, number in
            func refused(_ why: String) -> NodeError {
                NodeError(.badInput, "\(url.lastPathComponent), line \(number): \(why).")
            }
            do {
                items.append(try parse(row, number))
            } catch let error as EvaluationError where error.code == .invalidInput {
                throw refused(error.message)
            } catch let error as Refusal {
                throw refused(error.reason)
            } catch is DecodingError {
                throw refused("it is no JSON object with the expected fields")
            }
        }
        guard !items.isEmpty else {
            throw NodeError(.badInput, "\(url.path) has no lines. Give JSON Lines, one item a line.")
        }
        return items
    }

    /// Text, or a number in the file.
    static func name<Key>(_ key: Key, in line: KeyedDecodingContainer<Key>) throws -> String? {
        if let text = try? line.decodeIfPresent(String.self, forKey: key) { return text }
        return try line.decodeIfPresent(Int.self, forKey: key).map(String.init)
    }
}
