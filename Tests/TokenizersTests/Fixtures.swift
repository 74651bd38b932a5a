import Foundation

@testable import Tokenizers

/// Small tokenizer files in binary forms, written by hand.
enum Fixtures {
    /// llama2.c's form: three control pieces, 256 bytes, then `pieces` from id 259.
    static func llamaBinary(pieces: [(String, Float)]) throws -> Data {
        var data = Data()
        func append(_ value: UInt32) { withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) } }
        append(8)
        let bytes = (0..<256).map {
            (String(decoding: TokenizerParts.byteSpelling(UInt8($0)), as: UTF8.self), Float(0))
        }
        for (piece, score) in [("<unk>", 0), ("\n<s>\n", 0), ("\n</s>\n", 0)] + bytes + pieces {
            append(score.bitPattern)
            append(UInt32(piece.utf8.count))
            data.append(contentsOf: piece.utf8)
        }
        return data
    }

    /// A SentencePiece model with `<unk>`, `<s>`, `</s>` and then `pieces` from id 3.
    /// - Parameter type: the trainer's model type, 2 for BPE.
    static func sentencePiece(pieces: [(String, Float)], type: UInt8 = 2) -> Data {
        func field(_ number: UInt8, _ content: Data) -> Data {
            Data([number << 3 | 2, UInt8(content.count)]) + content
        }
        func piece(_ text: String, _ score: Float, _ kind: UInt8) -> Data {
            var bits = score.bitPattern.littleEndian
            return field(
                1, field(1, Data(text.utf8)) + Data([2 << 3 | 5]) + Data(bytes: &bits, count: 4) + Data([3 << 3, kind]))
        }
        var data = piece("<unk>", 0, 2) + piece("<s>", 0, 3) + piece("</s>", 0, 3)
        for (text, score) in pieces { data += piece(text, score, 1) }
        data += field(2, Data([3 << 3, type]))
        data += field(3, field(1, Data("identity".utf8)) + Data([3 << 3, 1, 4 << 3, 0, 5 << 3, 1]))
        return data
    }
}
