/// What the context network reads of each token: rows of its table. Only the token itself, its line and the rules' proposals;
/// the neighbors are the convolutions' part.
struct NetworkFeatures {
    /// Raise it with every change of a feature: a network fits the features it was trained with.
    static let version: UInt16 = 1
    /// The table's rows.
    static let rows = 1 << 16
    /// At most so many a token.
    static let most = 64
    /// The first of each token are always there, the word itself before all others.
    static let fixed = 26
    /// The most letter triples of a word that are read.
    private static let triples = 12

    /// The rows of all tokens, one token after the other.
    let values: [UInt16]
    /// Where the rows of each token begin; one entry more than tokens.
    let offsets: [Int32]

    init(values: [UInt16], offsets: [Int32]) {
        self.values = values
        self.offsets = offsets
    }

    /// - Parameter facts: of the text's tokens.
    init(_ text: ScalarText, facts: [TokenFacts]) {
        var offsets = [Int32](repeating: 0, count: facts.count + 1)
        values = [UInt16](unsafeUninitializedCapacity: facts.count * Self.most) { buffer, initialized in
            facts.withUnsafeBufferPointer { facts in
                var writer = Writer(buffer: buffer)
                for index in facts.indices {
                    Self.write(facts[index], &writer)
                    Self.writeFlags(facts[index], &writer)
                    if text.tokens[index].kind == .word { Self.writeLetters(text.tokens[index], text, &writer) }
                    offsets[index + 1] = Int32(truncatingIfNeeded: writer.count)
                }
                initialized = writer.count
            }
        }
        self.offsets = offsets
    }

    private struct Writer {
        let buffer: UnsafeMutableBufferPointer<UInt16>
        var count = 0
        var template: UInt64 = 0

        @inline(__always)
        mutating func add(_ value: UInt64) {
            template &+= 1
            buffer[count] = UInt16(
                truncatingIfNeeded: FeatureHash.bucket(template, value) >> UInt32(FeatureHash.bucketBits - 16))
            count &+= 1
        }

        @inline(__always)
        mutating func add(_ left: UInt64, _ right: UInt64) { add(FeatureHash.join(left, right)) }
    }

    private static func write(_ here: TokenFacts, _ writer: inout Writer) {
        writer.template = 1000
        writer.add(here.word)
        writer.add(here.shape)
        writer.add(here.shape, here.wordUse)
        writer.add(here.shape, here.lineCase)
        writer.add(here.flags)
        writer.add(here.flags, here.shape)
        writer.add(here.wordClass)
        writer.add(here.wordGroup, here.shape)
        writer.add(here.wordUse)
        writer.add(here.gap)
        writer.add(here.gap, here.shape)
        writer.add(here.run)
        writer.add(here.runPattern)
        writer.add(here.candidate)
        writer.add(here.rule)
        writer.add(here.candidate, here.shape)
        writer.add(here.candidate, here.rule)
        writer.add(here.linePlace)
        writer.add(here.lineCase)
        writer.add(here.cue)
        writer.add(here.cuePair)
        writer.add(here.cue, here.cueDistance)
        writer.add(here.cue, here.shape)
        writer.add(here.heading)
        writer.add(here.elsewhere)
        writer.add(here.opens ? 1 : 0, here.shape)
    }

    private static func writeFlags(_ here: TokenFacts, _ writer: inout Writer) {
        var bits = here.flags
        for _ in 0..<10 where bits != 0 {
            writer.template = 1040
            writer.add(UInt64(bits.trailingZeroBitCount))
            bits &= bits &- 1
        }
    }

    /// Beginnings, ends and all triples of letters.
    private static func writeLetters(_ token: Token, _ text: ScalarText, _ writer: inout Writer) {
        writer.template = 1050
        var prefix: UInt64 = 0x1d
        var suffix: UInt64 = 0x2d
        for length in 0..<min(4, token.count) {
            prefix = FeatureHash.join(prefix, UInt64(text.folded[token.start + length]))
            suffix = FeatureHash.join(suffix, UInt64(text.folded[token.end - 1 - length]))
            writer.add(prefix)
            writer.add(suffix)
        }
        var before: UInt64 = 1
        var here = UInt64(text.folded[token.start])
        for index in token.start..<min(token.end, token.start + triples) {
            let after = index + 1 < token.end ? UInt64(text.folded[index + 1]) : 2
            writer.template = 1060
            writer.add(before << 42 | here << 21 | after)
            before = here
            here = after
        }
    }
}
