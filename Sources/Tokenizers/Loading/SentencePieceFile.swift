internal import Foundation

/// A SentencePiece model (`tokenizer.model`) of type BPE with an identity normalizer: Llama 2, Mistral.
struct SentencePieceFile {
    /// The `type` of a piece in sentencepiece_model.proto.
    private enum Kind: UInt64 { case normal = 1, unknown, control, userDefined, unused, byte }

    private struct Piece {
        var content = Data()
        var score: Float = 0
        var kind = Kind.normal
    }

    private var parts: TokenizerParts
    private var pieces: [Piece] = []
    private var isBytePair = false
    private var addsLeadingBlank = true
    private var removesExtraBlanks = true
    private var escapesBlanks = true
    private var hasCharacterMap = false
    private var ids: [UInt64: Int32] = [40: 0, 41: 1, 42: 2, 43: -1]

    static func read(_ data: Data, file: String, configuration: TokenizerConfiguration) throws -> Tokenizer {
        var reader = SentencePieceFile(parts: TokenizerParts(file: file, capacity: data.count / 14))
        try reader.readMessage(data)
        return try reader.build(configuration)
    }

    private init(parts: TokenizerParts) { self.parts = parts }

    private var truncated: TokenizersError { parts.malformed("it is no SentencePiece model or is cut short") }

    private mutating func readMessage(_ data: Data) throws {
        var message = ProtobufReader(data, failure: truncated)
        while let (field, value) = try message.next() {
            switch (field, value) {
            case (1, .bytes(let bytes)): try readPiece(bytes)
            case (2, .bytes(let bytes)): try readTrainer(bytes)
            case (3, .bytes(let bytes)): try readNormalizer(bytes)
            default: continue
            }
        }
    }

    private mutating func readPiece(_ data: Data) throws {
        guard pieces.count < Vocabulary.largestSize else { throw parts.malformed("it has too many pieces") }
        var message = ProtobufReader(data, failure: truncated)
        var piece = Piece()
        while let (field, value) = try message.next() {
            switch (field, value) {
            case (1, .bytes(let bytes)): piece.content = bytes
            case (2, .bits32(let bits)): piece.score = Float(bitPattern: bits)
            case (3, .number(let number)):
                guard let kind = Kind(rawValue: number) else {
                    throw parts.malformed("piece \(pieces.count) has an unknown type")
                }
                piece.kind = kind
            default: continue
            }
        }
        pieces.append(piece)
    }

    private mutating func readTrainer(_ data: Data) throws {
        var message = ProtobufReader(data, failure: truncated)
        while let (field, value) = try message.next() {
            guard case .number(let number) = value else { continue }
            if field == 3 { isBytePair = number == 2 }
            if ids[field] != nil { ids[field] = Int32(truncatingIfNeeded: number) }
        }
    }

    private mutating func readNormalizer(_ data: Data) throws {
        var message = ProtobufReader(data, failure: truncated)
        while let (field, value) = try message.next() {
            switch (field, value) {
            case (2, .bytes(let map)): hasCharacterMap = !map.isEmpty
            case (3, .number(let flag)): addsLeadingBlank = flag != 0
            case (4, .number(let flag)): removesExtraBlanks = flag != 0
            case (5, .number(let flag)): escapesBlanks = flag != 0
            default: continue
            }
        }
    }

    private mutating func build(_ configuration: TokenizerConfiguration) throws -> Tokenizer {
        guard isBytePair else { throw parts.unsupported("a SentencePiece model of another type than BPE (unigram)") }
        guard !hasCharacterMap else { throw parts.unsupported("a SentencePiece character map (NFKC normalization)") }
        guard !removesExtraBlanks, escapesBlanks else {
            throw parts.unsupported("SentencePiece's removal of extra blanks")
        }
        for (id, piece) in pieces.enumerated() {
            let byte = piece.kind == .byte ? TokenizerParts.byte(spelling: piece.content) : nil
            let text = Normalizer.replace(PreTokenizer.wordSign, with: [0x20]).apply(to: Array(piece.content))
            try parts.insert(piece.content, content: byte.map { [$0] } ?? text, id: id)
            switch piece.kind {
            case .control, .unknown:
                try parts.insertAdded(AddedTokens.Entry(content: Array(piece.content), id: Int32(id), isSpecial: true))
            case .userDefined:
                guard !addsLeadingBlank else {
                    throw parts.unsupported("user-defined pieces together with a leading blank")
                }
                parts.added.append(AddedTokens.Entry(content: text, id: Int32(id), isSpecial: false))
            case .unused: throw parts.unsupported("unused pieces")
            case .normal, .byte: continue
            }
        }
        let pieces = pieces
        let merges = try parts.merges(scores: pieces.map(\.score)) { pieces[Int($0)].kind == .normal }
        func known(_ field: UInt64) -> Int32? { ids[field].flatMap { parts.names.contains(id: $0) ? $0 : nil } }
        (parts.bos, parts.eos, parts.pad) = (known(41), known(42), known(43))
        parts.normalizers =
            (addsLeadingBlank ? [.prepend(PreTokenizer.wordSign)] : []) + [
                .replace([0x20], with: PreTokenizer.wordSign)
            ]
        parts.decoder = .concatenation(dropsLeadingBlank: addsLeadingBlank)
        if configuration.addsBeginning ?? true { parts.prefix = parts.bos.map { [$0] } ?? [] }
        if configuration.addsEnd ?? false { parts.suffix = parts.eos.map { [$0] } ?? [] }
        configuration.apply(to: &parts)
        return parts.finish(
            .bytePair(
                BytePairEncoder(
                    unit: .scalars(fallback: parts.byteTokens()), vocabulary: parts.names, merges: merges,
                    unknown: known(40),
                    fusesUnknown: true, prefersWholePieces: false, special: parts.unreachable)))
    }
}
