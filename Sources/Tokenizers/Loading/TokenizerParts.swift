/// Everything a tokenizer is made of, while a file is being read.
struct TokenizerParts {
    /// The name of the file for messages.
    let file: String
    var names: Vocabulary
    var contents: Vocabulary
    var added: [AddedTokens.Entry] = []
    var normalizers: [Normalizer] = []
    var preTokenizer = PreTokenizer()
    var decoder = Decoder.concatenation(dropsLeadingBlank: false)
    var prefix: [Int32] = []
    var suffix: [Int32] = []
    var bos: Int32?
    var eos: Int32?
    /// Ends of a text besides the tokenizer's own.
    var furtherEnds: [Int32] = []
    var pad: Int32?
    var unknown: Int32?
    var mask: Int32?
    var classification: Int32?
    var separator: Int32?

    init(file: String, capacity: Int) {
        self.file = file
        names = Vocabulary(capacity: capacity)
        contents = Vocabulary(capacity: capacity)
    }

    var special: Set<Int32> { Set(added.lazy.filter(\.isSpecial).map(\.id)) }
    /// Added tokens that the model's own vocabulary lacks.
    private var outside: Set<Int32> = []
    /// What the model must not put together from pieces of text: added tokens are found before, by their own rules.
    var unreachable: Set<Int32> { special.union(outside) }

    func malformed(_ what: String) -> TokenizersError {
        TokenizersError(.malformedFile, "\(file) is damaged: \(what). Fetch the model's files again.")
    }

    func unsupported(_ what: String) -> TokenizersError {
        TokenizersError(
            .unsupported, "\(file) asks for \(what), which is not supported. Use a model with another tokenizer.")
    }

    /// - Parameters:
    ///   - spelling: as in the file.
    ///   - content: what it stands for in the text.
    mutating func insert(_ spelling: some Collection<UInt8>, content: some Collection<UInt8>, id: Int) throws {
        switch names.insert(spelling, id: id) {
        case .added: break
        case .idTaken: throw malformed("two tokens have the id \(id)")
        case .contentTaken: throw malformed("the token of id \(id) occurs twice")
        case .idOutOfRange: throw malformed("a token has the id \(id), which is out of range")
        }
        _ = contents.insert(content, id: id)
    }

    /// A token outside the model's own vocabulary, or one of that vocabulary with a special meaning.
    mutating func insertAdded(_ entry: AddedTokens.Entry) throws {
        guard entry.id >= 0, !entry.content.isEmpty else { throw malformed("an added token has no id or no text") }
        if names.contains(id: entry.id) {
            guard names.bytes(of: entry.id).elementsEqual(entry.content) else {
                throw malformed("two tokens have the id \(entry.id)")
            }
        } else {
            try insert(entry.content, content: entry.content, id: Int(entry.id))
            outside.insert(entry.id)
        }
        if let old = added.firstIndex(where: { $0.id == entry.id }) { added[old] = entry } else { added.append(entry) }
    }

    func finish(_ model: Tokenizer.Model) -> Tokenizer {
        var preTokenizer = preTokenizer
        if case .bytePair(let encoder) = model { preTokenizer.signBetweenWords = signBetweenWords(encoder) }
        // Without normalizers both ways of looking are the same.
        let isLater = { (entry: AddedTokens.Entry) in entry.isNormalized && !normalizers.isEmpty }
        let later = added.filter(isLater).map { entry in
            var entry = entry
            entry.content = normalizers.reduce(entry.content) { $1.apply(to: $0) }
            return entry
        }
        return Tokenizer(
            model: model, normalizers: normalizers, preTokenizer: preTokenizer,
            addedTokens: AddedTokens(added.filter { !isLater($0) }), laterTokens: AddedTokens(later), decoder: decoder,
            names: names, contents: contents, special: special, prefix: prefix, suffix: suffix,
            bosID: bos, eosID: eos, endIDs: Set(furtherEnds + (eos.map { [$0] } ?? [])).sorted(), padID: pad,
            unknownID: unknown ?? model.unknown, maskID: mask,
            classID: classification,
            separatorID: separator)
    }

    /// The sign that words begin with, if no merge reaches across the beginning of a run of it. Then the words of a
    /// text can be merged one by one, which is several times faster than the text as one piece, and equal. It takes a
    /// vocabulary that has the sign as a token, and no token with the sign behind another character.
    private func signBetweenWords(_ encoder: BytePairEncoder) -> [UInt8]? {
        guard case .scalars = encoder.unit, !encoder.prefersWholePieces else { return nil }
        return [PreTokenizer.wordSign, [0x20]].first { sign in
            guard let id = names.id(of: sign), !encoder.special.contains(id) else { return false }
            return (Int32(0)..<Int32(names.size)).allSatisfy { begins(names.bytes(of: $0), only: sign) }
        }
    }

    /// Whether `sign` is in `name` only at its beginning, once or several times.
    private func begins(_ name: ArraySlice<UInt8>, only sign: [UInt8]) -> Bool {
        guard let first = sign.first else { return false }
        var isInside = false
        var index = name.startIndex
        while index < name.endIndex {
            if name[index] == first, name[index...].starts(with: sign) {
                if isInside { return false }
                index += sign.count
            } else {
                isInside = true
                index += 1
            }
        }
        return true
    }

    /// The tokens `<0x00>` to `<0xFF>`, -1 where there is none; `nil` if there are none at all.
    func byteTokens() -> [Int32]? {
        let tokens = (0..<256).map { names.id(of: Self.byteSpelling(UInt8($0))) ?? -1 }
        return tokens.contains { $0 >= 0 } ? tokens : nil
    }

    static func byteSpelling(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return Array("<0x".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]] + Array(">".utf8)
    }

    /// The byte that a token like `<0x0A>` stands for.
    static func byte(spelling: some Collection<UInt8>) -> UInt8? {
        guard spelling.count == 6, spelling.starts(with: Array("<0x".utf8)),
            spelling.dropFirst(5).first == UInt8(ascii: ">")
        else { return nil }
        return UInt8(String(decoding: spelling.dropFirst(3).prefix(2), as: UTF8.self), radix: 16)
    }

    /// Merges of a vocabulary that has a score for each piece in place of numbered merges: two neighbors merge when
    /// their concatenation is a piece, the piece of the highest score first (Kudo and Richardson 2018).
    func merges(scores: [Float], mergeable: (Int32) -> Bool) throws -> MergeTable {
        guard scores.allSatisfy({ !$0.isNaN }) else { throw malformed("a piece's score is not a number") }
        let ranks = Dictionary(
            uniqueKeysWithValues: Set(scores).sorted(by: >).enumerated().map { ($1, UInt32($0)) })
        var table = MergeTable(capacity: names.count * 4)
        for id in Int32(0)..<Int32(scores.count) where mergeable(id) && names.contains(id: id) {
            let piece = Array(names.bytes(of: id))
            guard piece.count <= 1024 else { throw malformed("a piece is longer than 1,024 bytes") }
            guard let rank = ranks[scores[Int(id)]] else { continue }
            for cut in piece.indices.dropFirst() where !UTF8Form.isContinuation(piece[cut]) {
                guard let left = names.id(of: Array(piece[..<cut])), let right = names.id(of: Array(piece[cut...])),
                    mergeable(left), mergeable(right)
                else { continue }
                table.insert(left, right, rank: rank, merged: id)
            }
        }
        return table
    }
}
