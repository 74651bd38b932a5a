public import ConsiliumCore
public import Foundation
internal import Tokenizers

/// `consilium-node tokenize`.
public enum TokenizeService {
    public struct Outcome: Codable, Sendable {
        public var lines: Int
        public var tokens: Int
    }

    private struct Line: Decodable { var text: String }

    /// Streams line by line, so that memory does not grow with the file. The output appears whole or not at all.
    /// - Throws: ``NodeError`` `.badInput` naming the line; ``CoreError`` for what can't be read or written; what loading
    ///   the tokenizer throws.
    public static func run(folder: URL, input: URL, output: URL, progress: ProgressHandler) throws -> Outcome {
        guard !DeidentificationFilterService.isSame(input, output) else {
            throw NodeError(
                .badInput,
                "--input and --output are the same file, which would be lost. Name another file for --output.")
        }
        let tokenizer = try Tokenizer.load(from: folder)
        let part = output.deletingLastPathComponent().appendingPathComponent(".\(output.lastPathComponent).part")
        guard FileManager.default.createFile(atPath: part.path, contents: nil, attributes: [.posixPermissions: 0o644]),
            let handle = FileHandle(forWritingAtPath: part.path)
        else {
            throw CoreError(.fileUnwritable, "Can't create \(part.path). Check the path and this user's rights.")
        }
        defer { try? handle.close() }
        do {
            let outcome = try tokenize(input, tokenizer, progress: progress) { result in
                do { try handle.write(contentsOf: result) } catch { throw unwritable(output, error) }
            }
            do { try handle.synchronize() } catch { throw unwritable(output, error) }
            try DurableFile.move(part, to: output)
            return outcome
        } catch {
            try? FileManager.default.removeItem(at: part)
            throw error
        }
    }

    private static func tokenize(
        _ input: URL, _ tokenizer: Tokenizer, progress: ProgressHandler, write: (Data) throws -> Void
    ) throws -> Outcome {
        var outcome = Outcome(lines: 0, tokens: 0)
        let decoder = JSONDecoder()
        var result = Data()
        try LineReader(input).forEachRecord { row, number in
            guard let line = try? decoder.decode(Line.self, from: row) else {
                throw NodeError(
                    .badInput, "\(input.lastPathComponent), line \(number): it is no JSON object with “text”.")
            }
            // As Hugging Face's encode(add_special_tokens=False): none are added, but names of special tokens in the text are
            // those tokens. Reports never take this way.
            let ids = try tokenizer.encode(line.text, parseSpecial: true)
            append(ids, to: &result)
            if result.count >= 1 << 20 {
                try write(result)
                result.removeAll(keepingCapacity: true)
            }
            outcome.lines += 1
            outcome.tokens += ids.count
            progress(ProgressUpdate(activity: "tokenize", completed: Double(outcome.lines), total: nil, unit: "lines"))
        }
        try write(result)
        return outcome
    }

    private static func append(_ ids: [Int32], to result: inout Data) {
        result.append(contentsOf: "{\"ids\":[".utf8)
        for (index, id) in ids.enumerated() {
            if index > 0 { result.append(UInt8(ascii: ",")) }
            result.append(contentsOf: String(id).utf8)
        }
        result.append(contentsOf: "]}\n".utf8)
    }

    private static func unwritable(_ output: URL, _ error: any Error) -> CoreError {
        let isFull = (error as? CocoaError)?.code == .fileWriteOutOfSpace
        return isFull
            ? CoreError(
                .diskFull,
                "The disk is full: can't write \(output.path). Free some space and run the same command again.")
            : CoreError(.fileUnwritable, "Can't write \(output.path). Check the path and this user's rights.")
    }
}
