/// Repairs what text recognition confuses where only one reading is possible: a number before a unit, a unit behind a number,
/// ligatures, and headings with a space after every letter.
enum OCRRepair {
    private static let ligatures: [UInt8: String] = [
        0x80: "ff", 0x81: "fi", 0x82: "fl", 0x83: "ffi", 0x84: "ffl", 0x85: "st", 0x86: "st",
    ]

    /// Units, longest first, as they should be and as they are misread.
    private static let units: [(read: [UInt8], meant: [UInt8])] = [
        ("mmHg", "mmHg"), ("mmol", "mmol"), ("rnmHg", "mmHg"), ("rnmol", "mmol"), ("mcg", "mcg"), ("rncg", "mcg"),
        ("mEq", "mEq"), ("rnEq", "mEq"), ("bpm", "bpm"), ("bprn", "bpm"), ("mg", "mg"), ("rng", "mg"), ("mm", "mm"),
        ("rnm", "mm"), ("mrn", "mm"), ("rnrn", "mm"), ("cm", "cm"), ("crn", "cm"), ("mL", "mL"), ("rnL", "mL"),
        ("mI", "mL"), ("ml", "ml"), ("rnl", "ml"), ("kg", "kg"), ("ng", "ng"), ("pg", "pg"), ("dL", "dL"), ("cc", "cc"),
        ("units", "units"), ("g", "g"), ("%", "%"),
    ].map { (Array($0.utf8), Array($1.utf8)) }

    static func repaired(_ text: [UInt8], _ report: inout CleaningReport) -> [UInt8] {
        var result = withoutLigatures(text, &report)
        result = withRepairedNumbers(result, &report)
        return withoutSpacedHeadings(result, &report)
    }

    private static func withoutLigatures(_ text: [UInt8], _ report: inout CleaningReport) -> [UInt8] {
        guard text.contains(0xEF) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var place = 0
        while place < text.count {
            if text[place] == 0xEF, place + 2 < text.count, text[place + 1] == 0xAC,
                let letters = ligatures[text[place + 2]]
            {
                result.append(contentsOf: letters.utf8)
                report.count(.expandedLigatures)
                place += 3
            } else {
                result.append(text[place])
                place += 1
            }
        }
        return result
    }

    private static func withRepairedNumbers(_ text: [UInt8], _ report: inout CleaningReport) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var place = 0
        while place < text.count {
            let isStart = place == 0 || " \n\t(,;:=<>".utf8.contains(text[place - 1])
            guard isStart, let number = number(text, at: place) else {
                result.append(text[place])
                place += 1
                continue
            }
            result.append(contentsOf: number.meant)
            report.count(.repairedNumbers, number.repairs)
            place = number.end
        }
        return result
    }

    /// A number with its unit; only digits and what is mistaken for them, at least half of it true digits.
    private static func number(_ text: [UInt8], at place: Int) -> (meant: [UInt8], repairs: Int, end: Int)? {
        var meant: [UInt8] = []
        var digits = 0
        var repairs = 0
        var end = place
        while end < text.count, meant.count <= 8 {
            switch text[end] {
            case 48...57:
                meant.append(text[end])
                digits += 1
            case UInt8(ascii: "O"), UInt8(ascii: "o"):
                meant.append(48)
                repairs += 1
            case UInt8(ascii: "l"), UInt8(ascii: "I"), UInt8(ascii: "|"):
                meant.append(49)
                repairs += 1
            case UInt8(ascii: "."):
                meant.append(text[end])
            case 32 where !meant.isEmpty && isBrokenPoint(text, at: end):
                // `1 .5 mg`
                repairs += 1
            default:
                return finished(text, end, meant, digits, repairs)
            }
            end += 1
        }
        return finished(text, end, meant, digits, repairs)
    }

    private static func isBrokenPoint(_ text: [UInt8], at place: Int) -> Bool {
        place + 2 < text.count && text[place + 1] == UInt8(ascii: ".") && ASCII.isDigit(text[place + 2])
            && ASCII.isDigit(text[place - 1])
    }

    private static func finished(_ text: [UInt8], _ end: Int, _ meant: [UInt8], _ digits: Int, _ repairs: Int) -> (
        meant: [UInt8], repairs: Int, end: Int
    )? {
        guard digits >= 1, digits + 1 >= repairs, meant.last != UInt8(ascii: "."),
            meant.count(where: { $0 == UInt8(ascii: ".") }) <= 1
        else { return nil }
        // O2 is oxygen, whatever stands behind it.
        if meant == [48, 50], repairs == 1, text[end - 1] == 50 { return nil }
        var unit = end
        if unit < text.count, text[unit] == 32 { unit += 1 }
        let rest = text[unit..<min(unit + 8, text.count)]
        guard let (read, name) = units.first(where: { rest.starts(with: $0.read) }) else { return nil }
        let behind = unit + read.count
        guard behind >= text.count || !ASCII.isWord(text[behind]) else { return nil }
        let all = repairs + (read == name ? 0 : 1)
        guard all > 0 else { return nil }
        return (meant + text[end..<unit] + name, all, behind)
    }

    /// `H I S T O R Y :` on a line of its own.
    private static func withoutSpacedHeadings(_ text: [UInt8], _ report: inout CleaningReport) -> [UInt8] {
        var lines = text.lines
        var isChanged = false
        for (number, line) in lines.enumerated() {
            let letters = Array(line.trimmed)
            guard letters.count >= 7, letters.count <= 60 else { continue }
            let isSpaced = letters.enumerated().allSatisfy { place, byte in
                place.isMultiple(of: 2)
                    ? ASCII.isUpper(byte) || (byte == UInt8(ascii: ":") && place >= letters.count - 2) : byte == 32
            }
            guard isSpaced else { continue }
            lines[number] = ArraySlice(letters.filter { $0 != 32 })
            isChanged = true
            report.count(.joinedSpacedWords)
        }
        return isChanged ? Array(lines.joined(separator: CollectionOfOne(10))) : text
    }
}
