/// Days of the month in words: `fourth`, `twenty-first`, `thirtieth`.
enum OrdinalWords {
    /// The day that begins at a token, and the index behind it.
    static func day(in tokens: [Token], at index: Int) -> (day: Int, next: Int)? {
        guard index >= 0, index < tokens.count, tokens[index].kind == .word else { return nil }
        if let tens = tens[tokens[index].hash] {
            var next = index + 1
            if next < tokens.count, tokens[next].isMark("-") { next += 1 }
            guard next < tokens.count, tokens[next].breaks <= 1, let ones = table[tokens[next].hash], ones < 10,
                tens + ones <= 31
            else { return nil }
            return (tens + ones, next + 1)
        }
        return table[tokens[index].hash].map { ($0, index + 1) }
    }

    private static let tens = [WordHash.of("twenty"): 20, WordHash.of("thirty"): 30]

    private static let table: [UInt64: Int] = {
        let words = """
            first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
            fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
            """.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
        var table: [UInt64: Int] = [WordHash.of("thirtieth"): 30, WordHash.of("thirtyfirst"): 31]
        for (index, word) in words.enumerated() {
            table[WordHash.of(word)] = index + 1
            if index < 9 { table[WordHash.of("twenty" + word)] = 21 + index }
        }
        return table
    }()
}
