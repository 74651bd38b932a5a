/// Cuts a normalised text into the pieces that the model sees one by one.
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
        guard !steps.isEmpty, !bytes.isEmpty else { return bytes.isEmpty ? [] : [0..<bytes.count] }
        let text = ClassifiedText(bytes)
        var ranges = [0..<text.count]
        for step in steps {
            var result: [Range<Int>] = []
            result.reserveCapacity(text.count / 4)
            for range in ranges {
                switch step {
                case .words(let splitter): splitter.split(text, bytes, in: range, into: &result)
                case .digits(let individual): Self.splitDigits(text, range, individual, &result)
                case .literal(let literal, let separator): Self.split(text, bytes, range, literal, separator, &result)
                case .bert: Self.splitWords(text, range, isolatingPunctuation: true, &result)
                case .whiteSpace: Self.splitWords(text, range, isolatingPunctuation: false, &result)
                }
            }
            ranges = result
        }
        return ranges.map { text.byteRange($0) }
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

    private static func split(
        _ text: ClassifiedText, _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ literal: [UInt8],
        _ separator: Separator, _ result: inout [Range<Int>]
    ) {
        let scalars = literal.count { !UTF8Form.isContinuation($0) }
        var start = range.lowerBound
        var index = range.lowerBound
        while index + scalars <= range.upperBound, scalars > 0 {
            guard bytes[text.byteRange(index..<index + scalars)].elementsEqual(literal) else {
                index += 1
                continue
            }
            let end = index + scalars
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
