/// Numbers in words, as they are dictated: `nineteen thirty five`, `two thousand and three`, `twenty twenty one`.
enum SpokenNumbers {
    /// A number from 0 to 99, or a year, with the index behind it.
    static func value(_ tokens: [Token], at index: Int) -> (value: Int, next: Int)? {
        guard let (first, behind) = small(tokens, at: index) else { return nil }
        if first == 2, word(tokens, behind) == thousand {
            var next = behind + 1
            if word(tokens, next) == and { next += 1 }
            if let (rest, after) = small(tokens, at: next) { return (2000 + rest, after) }
            return (2000, behind + 1)
        }
        guard first == 18 || first == 19 || first == 20 else { return (first, behind) }
        if word(tokens, behind) == hundred { return (first * 100, behind + 1) }
        if word(tokens, behind) == oh, let (ones, after) = small(tokens, at: behind + 1), ones < 10 {
            return (first * 100 + ones, after)
        }
        guard let (rest, after) = small(tokens, at: behind), rest >= 10 else { return (first, behind) }
        // `twenty nineteen fifty two`: a day before a year.
        if rest == 19 || rest == 20, small(tokens, at: after) != nil { return (first, behind) }
        return (first * 100 + rest, after)
    }

    private static func word(_ tokens: [Token], _ index: Int) -> UInt64? {
        index < tokens.count && tokens[index].kind == .word && tokens[index].breaks <= 1 ? tokens[index].hash : nil
    }

    private static func small(_ tokens: [Token], at index: Int) -> (value: Int, next: Int)? {
        guard let hash = word(tokens, index), let number = table[hash] else { return nil }
        guard number >= 20 else { return (number, index + 1) }
        var next = index + 1
        if next < tokens.count, tokens[next].isMark("-"), !tokens[next].spaced { next += 1 }
        if let ones = word(tokens, next).flatMap({ table[$0] }), (1...9).contains(ones) {
            return (number + ones, next + 1)
        }
        return (number, index + 1)
    }

    /// The digit of a word: `five`, `oh`.
    static func digit(_ hash: UInt64) -> UInt32? {
        if hash == oh { return 0x30 }
        guard let number = table[hash], number < 10 else { return nil }
        return 0x30 + UInt32(number)
    }

    private static let thousand = WordHash.of("thousand")
    private static let hundred = WordHash.of("hundred")
    private static let and = WordHash.of("and")
    private static let oh = WordHash.of("oh")
    private static let table: [UInt64: Int] = {
        var table: [UInt64: Int] = [:]
        let ones = """
            zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
            seventeen eighteen nineteen
            """.split(whereSeparator: { $0 == " " || $0 == "\n" })
        for (number, word) in ones.enumerated() { table[WordHash.of(word)] = number }
        let tens = "twenty thirty forty fifty sixty seventy eighty ninety".split(separator: " ")
        for (number, word) in tens.enumerated() { table[WordHash.of(word)] = 20 + 10 * number }
        return table
    }()
}
