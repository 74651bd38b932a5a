/// The features of all tokens of a text, as buckets of ``FeatureHash``.
///
/// They see the words in a window of three, their classes and forms, what the word lists say, where on the page they stand,
/// and what the rules proposed for them (stacked learning; Wolpert 1992). No feature is a string at run time.
struct TaggerFeatures {
    /// Raise it with every change of a feature: a model fits the features it was trained with.
    static let version: UInt16 = 2
    /// At most so many a token.
    static let most = 128

    /// The buckets of all tokens, one token after the other.
    let buckets: [UInt32]
    /// Where the buckets of each token begin; one entry more than tokens.
    let offsets: [Int32]

    init(_ text: ScalarText, candidates: [Candidate], words: WordClasses) {
        self.init(
            text, facts: TokenFacts.all(text, candidates: candidates, words: words), hasClasses: !words.isEmpty)
    }

    /// - Parameter facts: of the text's tokens.
    init(_ text: ScalarText, facts: [TokenFacts], hasClasses: Bool) {
        let count = facts.count
        // Three outside on each side, so that no look-up needs a check.
        var padded: [TokenFacts] = []
        padded.reserveCapacity(count + 6)
        padded += [.outside, .outside, .outside]
        padded += facts
        padded += [.outside, .outside, .outside]
        var offsets = [Int32](repeating: 0, count: count + 1)
        buckets = [UInt32](unsafeUninitializedCapacity: count * Self.most) { buffer, initialized in
            padded.withUnsafeBufferPointer { facts in
                var writer = Writer(buffer: buffer)
                for index in 0..<count {
                    Self.write(text.tokens[index], text, facts, at: index + 3, to: &writer)
                    if hasClasses { Self.writeClasses(facts, index + 3, &writer) }
                    offsets[index + 1] = Int32(truncatingIfNeeded: writer.count)
                }
                initialized = writer.count
            }
        }
        self.offsets = offsets
    }

    /// Puts the buckets of one token behind the others. Each call of `add` is the next template.
    struct Writer {
        let buffer: UnsafeMutableBufferPointer<UInt32>
        var count = 0
        var template: UInt64 = 0

        @inline(__always)
        mutating func add(_ value: UInt64) {
            template &+= 1
            buffer[count] = FeatureHash.bucket(template, value)
            count &+= 1
        }

        @inline(__always)
        mutating func add(_ left: UInt64, _ right: UInt64) { add(FeatureHash.join(left, right)) }

        @inline(__always)
        mutating func add(_ left: UInt64, _ middle: UInt64, _ right: UInt64) {
            add(FeatureHash.join(FeatureHash.join(left, middle), right))
        }
    }

    private static func write(
        _ token: Token, _ text: ScalarText, _ facts: UnsafeBufferPointer<TokenFacts>, at index: Int,
        to writer: inout Writer
    ) {
        let here = facts[index]
        let before = facts[index - 1]
        let after = facts[index + 1]
        writer.template = 0
        writeWords(facts, index, &writer)
        writer.template = 32
        writeForms(facts, index, &writer)
        writer.template = 64
        writeFlags(here, before, after, &writer)
        writer.template = 128
        writePlaces(here, before, after, &writer)
        writer.template = 160
        writeCandidates(here, before, after, &writer)
        if token.kind == .word { writeAffixes(token, text, &writer) }
    }

    private static func writeWords(_ facts: UnsafeBufferPointer<TokenFacts>, _ index: Int, _ writer: inout Writer) {
        let word = facts[index].word
        let previous = facts[index - 1].word
        let next = facts[index + 1].word
        writer.add(0)
        writer.add(word)
        writer.add(previous)
        writer.add(next)
        writer.add(facts[index - 2].word)
        writer.add(facts[index + 2].word)
        writer.add(facts[index - 3].word)
        writer.add(facts[index + 3].word)
        writer.add(previous, word)
        writer.add(word, next)
        writer.add(facts[index - 2].word, previous)
        writer.add(next, facts[index + 2].word)
        writer.add(previous, next)
        writer.add(facts[index - 2].word, previous, facts[index].shape)
        writer.add(previous, facts[index].shape)
        writer.add(next, facts[index].shape)
        writer.add(facts[index - 3].word, facts[index - 2].word, previous)
    }

    private static func writeForms(_ facts: UnsafeBufferPointer<TokenFacts>, _ index: Int, _ writer: inout Writer) {
        let shape = facts[index].shape
        let previous = facts[index - 1].shape
        let next = facts[index + 1].shape
        writer.add(shape)
        writer.add(previous)
        writer.add(next)
        writer.add(previous, shape)
        writer.add(shape, next)
        writer.add(previous, shape, next)
        writer.add(facts[index - 2].shape, previous, shape)
        writer.add(shape, next, facts[index + 2].shape)
        writer.add(facts[index].gap, shape)
        writer.add(facts[index].gap, facts[index - 1].word)
        writer.add(facts[index].run)
        writer.add(facts[index].runPattern)
        writer.add(facts[index].run, facts[index - 1].run, shape)
        writer.add(facts[index].run, facts[index].cue)
        writer.add(facts[index].runPattern, facts[index].word)
    }

    private static func writeFlags(
        _ here: TokenFacts, _ before: TokenFacts, _ after: TokenFacts, _ writer: inout Writer
    ) {
        writer.add(here.flags)
        writer.add(before.flags)
        writer.add(after.flags)
        writer.add(here.flags, here.shape)
        writer.add(before.flags, here.flags)
        writer.add(here.flags, after.flags)
        writer.add(before.flags, here.flags, after.flags)
        writer.add(here.flags, here.shape, here.opens ? 1 : 0)
        writer.add(before.word, here.flags)
        writer.add(here.flags, after.word)
        writer.add(FeatureHash.join(here.flags, here.shape), FeatureHash.join(before.shape, before.flags))
        writer.add(FeatureHash.join(here.flags, here.shape), FeatureHash.join(after.shape, after.flags))
        writer.template = 80
        var bits = here.flags
        while bits != 0 {
            let bit = UInt64(bits.trailingZeroBitCount)
            writer.template = 80
            writer.add(bit)
            bits &= bits &- 1
        }
    }

    private static func writePlaces(
        _ here: TokenFacts, _ before: TokenFacts, _ after: TokenFacts, _ writer: inout Writer
    ) {
        writer.add(here.lineCase, here.shape)
        writer.add(here.lineCase, here.shape, here.flags)
        writer.add(here.linePlace, here.shape)
        writer.add(here.linePlace & 0xf, here.shape, here.flags)
        writer.add(here.cue)
        writer.add(here.cuePair)
        writer.add(here.cue, here.cueDistance)
        writer.add(here.cue, here.shape, here.cueDistance)
        writer.add(here.cuePair, here.shape)
        writer.add(here.heading)
        writer.add(here.heading, here.shape)
        writer.add(here.elsewhere)
        writer.add(here.elsewhere, here.shape, here.flags)
    }

    private static func writeCandidates(
        _ here: TokenFacts, _ before: TokenFacts, _ after: TokenFacts, _ writer: inout Writer
    ) {
        writer.add(here.candidate)
        writer.add(before.candidate, here.candidate, after.candidate)
        writer.add(here.candidate, here.rule)
        writer.add(here.rule, here.shape)
        writer.add(here.rule, here.flags)
        writer.add(here.candidate, before.word)
        writer.add(here.candidate, after.word)
        writer.add(here.candidate, here.cue)
        writer.add(here.candidate, here.word)
        writer.add(before.candidate, here.shape, here.gap)
        writer.add(after.candidate, here.shape, here.gap)
        writer.add(here.candidate, here.rule, here.lineCase)
    }

    private static func writeClasses(_ facts: UnsafeBufferPointer<TokenFacts>, _ index: Int, _ writer: inout Writer) {
        let here = facts[index]
        let before = facts[index - 1]
        let after = facts[index + 1]
        writer.template = 224
        writer.add(here.wordClass)
        writer.add(here.wordGroup)
        writer.add(before.wordClass)
        writer.add(after.wordClass)
        writer.add(before.wordGroup)
        writer.add(after.wordGroup)
        writer.add(facts[index - 2].wordClass)
        writer.add(facts[index + 2].wordClass)
        writer.add(before.wordClass, here.shape)
        writer.add(after.wordClass, here.shape)
        writer.add(before.wordClass, after.wordClass)
        writer.add(before.wordGroup, here.wordGroup, after.wordGroup)
        writer.add(before.wordGroup, here.shape, after.wordGroup)
        writer.add(facts[index - 2].wordGroup, before.wordGroup, here.shape)
        writer.add(after.wordGroup, facts[index + 2].wordGroup, here.shape)
        writer.add(here.wordClass, here.shape)
        writer.add(here.wordGroup, here.shape, here.flags)
        writer.add(here.wordUse, here.shape)
        writer.add(here.wordUse, here.shape, here.lineCase)
        writer.add(here.wordUse, here.flags)
        writer.add(before.wordUse, here.wordUse, here.shape)
        writer.add(here.wordUse, after.wordUse, here.shape)
        writer.add(before.wordClass, here.flags)
        writer.add(after.wordClass, here.flags)
    }

    private static func writeAffixes(_ token: Token, _ text: ScalarText, _ writer: inout Writer) {
        writer.template = 192
        var prefix: UInt64 = 0x1d
        var suffix: UInt64 = 0x2d
        for length in 0..<min(4, token.count - 1) {
            prefix = FeatureHash.join(prefix, UInt64(text.folded[token.start + length]))
            suffix = FeatureHash.join(suffix, UInt64(text.folded[token.end - 1 - length]))
            writer.add(prefix)
            writer.add(suffix)
        }
        writer.template = 208
        writer.add(suffix, UInt64(token.shape.rawValue))
        // The whole form of a word of ordinary length says more than its parts; affixes of five help with stems.
        if token.count > 5 {
            writer.template = 209
            writer.add(FeatureHash.join(suffix, UInt64(text.folded[token.end - 5])))
        }
    }
}

extension IdentifierLabel {
    /// The place among all labels.
    var ordinal: Int {
        switch self {
        case .name: 0
        case .date: 1
        case .ageOver89: 2
        case .location: 3
        case .phone: 4
        case .fax: 5
        case .email: 6
        case .socialSecurityNumber: 7
        case .medicalRecordNumber: 8
        case .healthPlan: 9
        case .account: 10
        case .license: 11
        case .vehicle: 12
        case .device: 13
        case .url: 14
        case .ipAddress: 15
        case .biometric: 16
        case .other: 17
        }
    }
}
