internal import Foundation

/// The vocabulary file of llama2.c (`tokenizer.bin`, `tok512.bin`): u32 longest piece, then per piece f32 score, u32 length,
/// bytes. Little endian. Pieces 0, 1, 2 are the unknown token, the beginning and the end; 3 to 258 are the bytes.
enum LlamaBinaryFile {
    static func read(_ data: Data, file: String) throws -> Tokenizer {
        var parts = TokenizerParts(file: file, capacity: data.count / 12)
        var scores: [Float] = []
        try data.withUnsafeBytes { bytes in
            guard bytes.count >= 4 else { throw parts.malformed("it is empty") }
            let longest = Int(UInt32(littleEndian: bytes.loadUnaligned(as: UInt32.self)))
            var index = 4
            while index < bytes.count {
                guard index + 8 <= bytes.count else { throw parts.malformed("it ends inside a piece") }
                let score = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self))
                let length = Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: index + 4, as: UInt32.self)))
                index += 8
                let id = scores.count
                // The three control pieces are written longer than the stated longest.
                guard length <= max(longest, 16), length <= bytes.count - index else {
                    throw parts.malformed("piece \(id) is longer than the file says or has room for")
                }
                let piece = bytes[index..<index + length]
                index += length
                guard id < Vocabulary.largestSize else { throw parts.malformed("it has too many pieces") }
                scores.append(Float(bitPattern: score))
                // Of two equal pieces the first one is found; the format doesn't forbid them.
                let outcome = parts.names.insert(piece, id: id)
                guard outcome == .added || outcome == .contentTaken else {
                    throw parts.malformed("it has too many pieces")
                }
                _ = parts.contents.insert(TokenizerParts.byte(spelling: piece).map { [$0] } ?? Array(piece), id: id)
            }
        }
        guard scores.count >= 259, let fallback = parts.byteTokens(), fallback.allSatisfy({ $0 >= 0 }) else {
            throw parts.malformed("it lacks the 259 pieces for control and bytes")
        }
        for id in Int32(0)..<3 {
            let content = Array(parts.names.bytes(of: id)).filter { $0 != 10 }
            parts.added.append(AddedTokens.Entry(content: content, id: id, isSpecial: true))
        }
        let merges = try parts.merges(scores: scores) { $0 >= 259 }
        parts.normalizers = [.prepend([0x20])]
        parts.decoder = .concatenation(dropsLeadingBlank: true)
        parts.bos = 1
        parts.eos = 2
        parts.prefix = [1]
        return parts.finish(
            .bytePair(
                BytePairEncoder(
                    unit: .scalars(fallback: fallback), vocabulary: parts.names, merges: merges, unknown: 0,
                    fusesUnknown: false, prefersWholePieces: false, special: parts.unreachable)))
    }
}
