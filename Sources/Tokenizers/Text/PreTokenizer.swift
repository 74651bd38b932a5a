/// Cuts a normalized text into the pieces that the model sees one by one.
struct PreTokenizer: Sendable, Equatable {
    /// A change of the whole text before it is cut.
    enum Rewrite: Sendable, Equatable {
        /// A blank in front, unless there is one.
        case leadingBlank
        /// Blanks become the sign `▁`, and one is put in front unless there is one.
        case wordSigns(PrependScheme)
    }

    enum PrependScheme: String, Sendable { case always, first, never }

    /// What happens to a separator between pieces.
    enum Separator: String, Sendable {
        case removed = "Removed"
        case isolated = "Isolated"
        case withPrevious = "MergedWithPrevious"
        case withNext = "MergedWithNext"
    }

    enum Step: Sendable, Equatable {
        case words(WordSplitter)
        case digits(individual: Bool)
        case literal([UInt8], Separator)
        /// White space removed, punctuation on its own.
        case bert
        case whiteSpace
    }

    static let wordSign: [UInt8] = [0xe2, 0x96, 0x81]

    var rewrite: Rewrite?
    var steps: [Step] = []
    /// A sign in front of each run of which every piece may be cut without a change of the tokens; see
    /// ``TokenizerParts/signBetweenWords(_:)``.
    var signBetweenWords: [UInt8]?

    /// - Parameter isFirst: whether the segment begins the text (no added token before it).
    func rewritten(_ bytes: [UInt8], isFirst: Bool) -> [UInt8] {
        guard !bytes.isEmpty else { return bytes }
        switch rewrite {
        case nil: return bytes
        case .leadingBlank: return bytes[0] == 0x20 ? bytes : [0x20] + bytes
        case .wordSigns(let scheme):
            let replaced = Normalizer.replace([0x20], with: Self.wordSign).apply(to: bytes)
            let prepends = scheme == .always || (scheme == .first && isFirst)
            return prepends && !replaced.starts(with: Self.wordSign) ? Self.wordSign + replaced : replaced
        }
    }

    /// Ranges of bytes, in order.
    func pieces(_ bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        guard !bytes.isEmpty else { return [] }
        let pieces = steps.isEmpty ? [0..<bytes.count] : cut(bytes)
        return signBetweenWords.map { Self.cut(bytes, pieces, before: $0) } ?? pieces
    }

    private func cut(_ bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
        if case .literal(let literal, let separator) = steps[0], steps.count == 1 {
            var result: [Range<Int>] = []
            Self.split(bytes, 0..<bytes.count, literal, literal.count, separator, &result) { $0 }
            return result
        }
        let text = ClassifiedText(bytes)
        var ranges = [0..<text.count]
        for step in steps {
            var result: [Range<Int>] = []
            result.reserveCapacity(text.count / 4)
            for range in ranges {
                switch step {
                case .words(let splitter): splitter.split(text, bytes, in: range, into: &result)
                case .digits(let individual): Self.splitDigits(text, range, individual, &result)
                case .literal(let literal, let separator):
                    let width = literal.count { !UTF8Form.isContinuation($0) }
                    Self.split(bytes, range, literal, width, separator, &result) { Int(text.offsets[$0]) }
                case .bert: Self.splitWords(text, range, isolatingPunctuation: true, &result)
                case .whiteSpace: Self.splitWords(text, range, isolatingPunctuation: false, &result)
                }
            }
            ranges = result
        }
        return ranges.map { text.byteRange($0) }
    }

    private static func cut(
        _ bytes: UnsafeBufferPointer<UInt8>, _ pieces: [Range<Int>], before sign: [UInt8]
    ) -> [Range<Int>] {
        guard let first = sign.first else { return pieces }
        var result: [Range<Int>] = []
        result.reserveCapacity(bytes.count / 5 + pieces.count)
        for piece in pieces {
            func isSign(_ index: Int) -> Bool {
                guard bytes[index] == first, index + sign.count <= piece.upperBound else { return false }
                return sign.count == 1 || bytes[index..<index + sign.count].elementsEqual(sign)
            }
            var start = piece.lowerBound
            var index = start
            while index < piece.upperBound {
                guard isSign(index) else {
                    index += 1
                    continue
                }
                if index > start {
                    result.append(start..<index)
                    start = index
                }
                while index < piece.upperBound, isSign(index) { index += sign.count }
            }
            if start < piece.upperBound { result.append(start..<piece.upperBound) }
        }
        return result
    }

    private static func splitDigits(
        _ text: ClassifiedText, _ range: Range<Int>, _ individual: Bool, _ result: inout [Range<Int>]
    ) {
        var start = range.lowerBound
        for index in range where index > start {
            let (isNumber, wasNumber) = (text.classes[index] == .number, text.classes[index - 1] == .number)
            if isNumber != wasNumber || (isNumber && individual) {
                result.append(start..<index)
                start = index
            }
        }
        if start < range.upperBound { result.append(start..<range.upperBound) }
    }

    private static func splitWords(
        _ text: ClassifiedText, _ range: Range<Int>, isolatingPunctuation: Bool, _ result: inout [Range<Int>]
    ) {
        var start = range.lowerBound
        for index in range {
            let kind = text.classes[index]
            guard kind.isSpace || (isolatingPunctuation && kind == .punctuation) else { continue }
            if start < index { result.append(start..<index) }
            if !kind.isSpace { result.append(index..<index + 1) }
            start = index + 1
        }
        if start < range.upperBound { result.append(start..<range.upperBound) }
    }

    /// - Parameters:
    ///   - width: how many positions the literal takes up.
    ///   - offset: the byte at which a position begins.
    @inline(__always)
    private static func split(
        _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ literal: [UInt8], _ width: Int,
        _ separator: Separator, _ result: inout [Range<Int>], _ offset: (Int) -> Int
    ) {
        guard let first = literal.first else { return result.append(range) }
        var start = range.lowerBound
        var index = range.lowerBound
        while index + width <= range.upperBound {
            let byte = offset(index)
            guard bytes[byte] == first, byte + literal.count <= bytes.count,
                bytes[byte..<byte + literal.count].elementsEqual(literal)
            else {
                index += 1
                continue
            }
            let end = index + width
            switch separator {
            case .removed, .isolated:
                if start < index { result.append(start..<index) }
                if separator == .isolated { result.append(index..<end) }
                start = end
            case .withPrevious:
                result.append(start..<end)
                start = end
            case .withNext:
                if start < index { result.append(start..<index) }
                start = index
            }
            index = end
        }
        if start < range.upperBound { result.append(start..<range.upperBound) }
    }
}
