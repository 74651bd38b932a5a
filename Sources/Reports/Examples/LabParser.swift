/// Reads laboratory values with their reference ranges: `Sodium 131 mmol/L (135-145)`, `Hgb: 9.2 L [12.0-16.0]`,
/// `TSH 6.1 (H) ref 0.4 to 4.0`, and tables with blanks, tabs or bars between the columns.
public enum LabParser {
    /// Longer lines are read up to here: a value stands at a line's beginning or in a short list.
    private static let maximumTokens = 2000

    /// The values in the order of the text. Numbers without a name before them are none.
    public static func results(in text: String) -> [LabResult] {
        var results: [LabResult] = []
        for line in Array(text.utf8).lines {
            let tokens = LabToken.tokens(of: line, maximum: maximumTokens)
            var name: [LabToken] = []
            var place = 0
            while place < tokens.count {
                let token = tokens[place]
                switch token.kind {
                case .word:
                    name.append(token)
                    if name.count > 6 { name.removeFirst() }
                case .separator(let sign):
                    // A bracket belongs to a name: `Sodium (Na)`.
                    if ",;.".utf8.contains(sign) { name = [] }
                case .number:
                    if !name.isEmpty, let (result, next) = result(named: name, tokens, place) {
                        results.append(result)
                        place = next
                        name = []
                        continue
                    }
                    name = []
                }
                place += 1
            }
        }
        return results
    }

    private static func result(named words: [LabToken], _ tokens: [LabToken], _ start: Int) -> (LabResult, next: Int)? {
        let token = tokens[start]
        guard let value = token.value else { return nil }
        var comparison = LabResult.Comparison.equal
        if start > 0, let sign = tokens[start - 1].sign {
            switch sign {
            case UInt8(ascii: "<"): comparison = .below
            case UInt8(ascii: ">"): comparison = .above
            // `-5` of a range or of a date, `120/80`, `10^3`.
            case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "^"): return nil
            default: break
            }
        }
        if start + 1 < tokens.count, let sign = tokens[start + 1].sign, "/-".utf8.contains(sign),
            tokens[start + 1].start == token.end
        {
            return nil
        }
        var unit: String?
        var flag: LabResult.Verdict?
        var range: LabRange?
        var rangeUnit: String?
        var place = start + 1
        var depth = 0
        scan: while place < tokens.count, place - start < 24 {
            let next = tokens[place]
            switch next.kind {
            case .number:
                guard range == nil, let found = LabRange(tokens, place) else { break scan }
                range = found
                place = found.next
                continue
            case .separator(let sign):
                switch sign {
                case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: ")"), UInt8(ascii: "]"): depth = max(0, depth - 1)
                case UInt8(ascii: "<"), UInt8(ascii: ">"):
                    guard range == nil, let found = LabRange(tokens, place) else { break scan }
                    range = found
                    place = found.next
                    continue
                case UInt8(ascii: ";"): break scan
                case UInt8(ascii: ","), UInt8(ascii: "."): if depth == 0 { break scan }
                default: break
                }
            case .word:
                if let found = LabFlag.verdict(next.text) {
                    flag = flag ?? found
                } else if LabFlag.isAbnormalMark(next.text) || LabRange.isCue(next.text) {
                    break
                } else if LabUnit.isUnit(next.text) {
                    if range == nil { unit = unit ?? next.text } else { rangeUnit = rangeUnit ?? next.text }
                } else {
                    // Another word ends the value; inside brackets it says that the numbers were no range.
                    if depth > 0 { range = nil }
                    break scan
                }
            }
            place += 1
        }
        // A range in another unit than the value can't judge it.
        if let unit, let rangeUnit, unit.lowercased() != rangeUnit.lowercased() { range = nil }
        let sign = comparison == .equal ? "" : comparison == .below ? "<" : ">"
        let result = LabResult(
            name: words.map(\.text).joined(separator: " "), written: sign + token.text, value: value,
            unit: unit ?? rangeUnit, low: range?.low, high: range?.high, range: range?.written, flag: flag,
            comparison: comparison)
        guard range != nil || unit != nil || flag != nil else { return nil }
        return (result, max(place, start + 1))
    }
}

/// The words beside a value that judge it.
enum LabFlag {
    static func verdict(_ word: String) -> LabResult.Verdict? {
        switch word.lowercased() {
        case "h", "hh", "high", "alto", "elevated", "elevado": .high
        case "l", "ll", "low", "bajo", "decreased", "disminuido": .low
        default: nil
        }
    }

    static func isAbnormalMark(_ word: String) -> Bool {
        ["a", "abn", "abnormal", "crit", "critical", "panic", "flag"].contains(word.lowercased())
    }
}

enum LabUnit {
    private static let plain: Set<String> = [
        "%", "g", "mg", "mcg", "ug", "µg", "ng", "pg", "fl", "mm", "sec", "secs", "seconds", "s", "meq", "mmol", "umol",
        "iu",
        "u", "units", "k", "m", "ratio", "mosm", "mosm/kg", "mm/hr", "mm/h", "mmhg", "ml/min", "ml/min/1.73m2", "cells",
        "/ul", "/hpf", "/lpf", "copies/ml", "miu/ml", "uiu/ml", "index", "thou", "mil", "x10", "kg", "ml", "l/l",
    ]

    /// A unit that is known, or a quotient: `mmol/L`, `10*3/uL`, `x10^9/L`.
    static func isUnit(_ word: String) -> Bool {
        let word = word.lowercased()
        return plain.contains(word) || (word.utf8.contains(UInt8(ascii: "/")) && word.utf8.count <= 16)
    }
}
