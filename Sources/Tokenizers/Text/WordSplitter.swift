/// The three ways in which byte-level models cut text into words before byte pairs merge, written by hand.
///
/// In the models' files they are regular expressions in a dialect (`\p{L}`, `(?i:)`, `(?!\S)`) of which no two engines agree
/// in every corner. Each function below returns the end of the match that begins at a position; matches follow one another
/// without gaps.
enum WordSplitter: Sendable, Equatable {
    /// `'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
    case gpt2
    /// `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
    /// with as many digits in a word as stated: 3 for Llama 3, 1 for Qwen 2.
    case modern(digits: Int)

    /// The regular expressions of model files that mean one of the above.
    static let known: [String: WordSplitter] = [
        #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#: .gpt2,
        #"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#: .gpt2,
        #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#:
            .modern(digits: 3),
        #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#:
            .modern(digits: 1),
    ]

    /// Appends the words in `range` (positions of scalars) to `result`.
    func split(
        _ text: ClassifiedText, _ bytes: UnsafeBufferPointer<UInt8>, in range: Range<Int>,
        into result: inout [Range<Int>]
    ) {
        text.classes.withUnsafeBufferPointer { classes in
            text.offsets.withUnsafeBufferPointer { offsets in
                let view = View(classes: classes, offsets: offsets, bytes: bytes, end: range.upperBound)
                var start = range.lowerBound
                while start < range.upperBound {
                    let end =
                        switch self {
                        case .gpt2: view.gpt2(start)
                        case .modern(let digits): view.modern(start, digits: digits)
                        }
                    result.append(start..<end)
                    start = end
                }
            }
        }
    }

    private struct View {
        let classes: UnsafeBufferPointer<CharacterClass>
        let offsets: UnsafeBufferPointer<Int32>
        let bytes: UnsafeBufferPointer<UInt8>
        let end: Int

        func gpt2(_ start: Int) -> Int {
            if let end = contraction(start, ignoringCase: false) { return end }
            let first = isBlank(start) && start + 1 < end ? start + 1 : start
            switch classes[first] {
            case .letter: return run(first) { $0 == .letter }
            case .number: return run(first) { $0 == .number }
            case .other, .punctuation: return run(first) { $0.isSymbol }
            case .space, .lineBreak: return spaces(start)
            }
        }

        func modern(_ start: Int, digits: Int) -> Int {
            if let end = contraction(start, ignoringCase: true) { return end }
            let kind = classes[start]
            if kind == .letter { return run(start) { $0 == .letter } }
            if kind != .number, kind != .lineBreak, start + 1 < end, classes[start + 1] == .letter {
                return run(start + 1) { $0 == .letter }
            }
            if kind == .number { return min(run(start) { $0 == .number }, start + digits) }
            let first = isBlank(start) && start + 1 < end ? start + 1 : start
            if classes[first].isSymbol {
                let symbols = run(first) { $0.isSymbol }
                return symbols < end ? run(symbols) { $0 == .lineBreak } : symbols
            }
            // White space up to and with its last line break, if it has one.
            let whole = run(start) { $0.isSpace }
            var last = whole - 1
            while last >= start, classes[last] != .lineBreak { last -= 1 }
            return last >= start ? last + 1 : spaces(start)
        }

        /// `\s+(?!\S)|\s+`: a run leaves its last character to the word that follows it, if it has another.
        private func spaces(_ start: Int) -> Int {
            let whole = run(start) { $0.isSpace }
            return whole < end && whole > start + 1 ? whole - 1 : whole
        }

        @inline(__always)
        private func run(_ start: Int, while condition: (CharacterClass) -> Bool) -> Int {
            var index = start
            while index < end, condition(classes[index]) { index += 1 }
            return index
        }

        private func isBlank(_ index: Int) -> Bool { bytes[Int(offsets[index])] == 0x20 }

        private func contraction(_ start: Int, ignoringCase: Bool) -> Int? {
            guard bytes[Int(offsets[start])] == 0x27, start + 1 < end else { return nil }
            switch letter(start + 1, ignoringCase) {
            case "s", "t", "m", "d": return start + 2
            case "l": return start + 2 < end && letter(start + 2, ignoringCase) == "l" ? start + 3 : nil
            case "v", "r": return start + 2 < end && letter(start + 2, ignoringCase) == "e" ? start + 3 : nil
            default: return nil
            }
        }

        private func letter(_ index: Int, _ ignoringCase: Bool) -> Unicode.Scalar {
            let offset = Int(offsets[index])
            let byte = bytes[offset]
            if byte < 0x80 {
                return Unicode.Scalar(ignoringCase && (65...90).contains(byte) ? byte + 32 : byte)
            }
            // Case folding makes the long s (U+017F) an s.
            return ignoringCase && byte == 0xc5 && offset + 1 < bytes.count && bytes[offset + 1] == 0xbf
                ? "s" : "\u{fffd}"
        }
    }
}
