/// Results of scales over their greatest value: `PHQ-9 was 8/27`, `UE 4/5`, `BCx 2/4 bottles`.
enum ScaleResults {
    /// Whether what stands before the pair is the name of a scale with this maximum, with nothing but numbers, marks and words
    /// such as `was` between. In the same line only.
    static func isOne(_ part: Int, of whole: Int, at start: Int, in text: ScalarText) -> Bool {
        guard part <= whole else { return false }
        var index = start
        for _ in 0..<6 {
            guard index > 0, text.tokens[index].breaks == 0 else { return false }
            index -= 1
            let token = text.tokens[index]
            switch token.kind {
            case .number: continue
            case .mark:
                // `MoCA: 24/30`, `PHQ-9 (8/27)`; behind others the scale's result was told already.
                guard linkingMarks.contains(token.hash) else { return false }
            case .word:
                if let maxima = maxima[token.hash] { return maxima.contains(whole) }
                guard linking.contains(token.hash) else { return false }
            }
        }
        return false
    }

    private static let linkingMarks = Set(":=-(~".unicodeScalars.map { UInt64($0.value) })
    private static let linking = RuleScanner.words(
        "was is now of at score scored total today remains still about approx")

    private static let maxima: [UInt64: Set<Int>] = {
        var table: [UInt64: Set<Int>] = [:]
        for (whole, names) in names {
            for name in names.split(whereSeparator: \.isWhitespace) {
                table[WordHash.of(name), default: []].insert(whole)
            }
        }
        return table
    }()

    /// No greatest values above 31: behind a slash they are no day.
    private static let names: [(Int, String)] = [
        (2, "bcx bcxs cx cxs culture cultures"),
        (4, "ashworth dtr dtrs reflexes pulse pulses cage bcx bcxs cx cxs culture cultures"),
        (
            5,
            """
            strength power motor grip mmt ue le rue lue rle lle bue ble hf kf df pf ehl delt delts deltoid deltoids bicep
            biceps tricep triceps quad quads hamstrings gastroc lams ptsd
            """
        ),
        (6, "sem murmur adl adls"),
        (8, "iadl iadls"), (10, "flacc apgar apgars pain vas nprs nrs aldrete distress alvarado"), (12, "pram sppb"),
        (13, "bishop"),
        (15, "gcs bims gds"), (20, "mna"), (21, "gad"), (23, "braden"), (24, "epworth ess"),
        (27, "phq"), (28, "tinetti isi tjc sjc"), (30, "moca mmse slums epds"),
    ]
}
