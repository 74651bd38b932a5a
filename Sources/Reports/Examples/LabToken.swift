internal import Foundation

/// A piece of a line of laboratory values.
struct LabToken {
    enum Kind: Equatable {
        case word, number
        /// Its first byte; dashes of all kinds are `-`.
        case separator(UInt8)
    }

    let kind: Kind
    let text: String
    let value: Double?
    /// Bytes in the line.
    let start: Int
    let end: Int

    var sign: UInt8? {
        if case .separator(let sign) = kind { sign } else { nil }
    }

    static func tokens(of line: ArraySlice<UInt8>, maximum: Int) -> [LabToken] {
        var tokens: [LabToken] = []
        var place = line.startIndex
        while place < line.endIndex, tokens.count < maximum {
            let byte = line[place]
            if byte <= 32 || byte == UInt8(ascii: "|") {
                place += 1
            } else if ASCII.isDigit(byte) || (byte == UInt8(ascii: ".") && digit(line, place + 1)) {
                tokens.append(number(line, &place))
            } else if ASCII.isLetter(byte) || byte == UInt8(ascii: "%")
                || byte == UInt8(ascii: "/") && letter(line, place + 1)
            {
                tokens.append(word(line, &place))
            } else if byte >= 0x80 {
                tokens.append(sign(line, &place) ?? word(line, &place))
            } else {
                tokens.append(
                    LabToken(
                        kind: .separator(byte), text: String(decoding: [byte], as: UTF8.self), value: nil, start: place,
                        end: place + 1))
                place += 1
            }
        }
        return tokens
    }

    private static func digit(_ line: ArraySlice<UInt8>, _ place: Int) -> Bool {
        place < line.endIndex && ASCII.isDigit(line[place])
    }

    private static func letter(_ line: ArraySlice<UInt8>, _ place: Int) -> Bool {
        place < line.endIndex && ASCII.isLetter(line[place])
    }

    private static func number(_ line: ArraySlice<UInt8>, _ place: inout Int) -> LabToken {
        let start = place
        while place < line.endIndex,
            ASCII.isDigit(line[place]) || (".,".utf8.contains(line[place]) && digit(line, place + 1))
        {
            place += 1
        }
        // `10*3/uL`, `x10^9/L`, `25-OH`: part of a name or a unit.
        if place < line.endIndex, line[place] == UInt8(ascii: "*") || line[place] == UInt8(ascii: "^"),
            digit(line, place + 1)
        {
            while place < line.endIndex, line[place] > 32, !"(),;[]|".utf8.contains(line[place]) { place += 1 }
            let text = String(decoding: line[start..<place], as: UTF8.self)
            return LabToken(kind: .word, text: text, value: nil, start: start, end: place)
        }
        let text = String(decoding: line[start..<place], as: UTF8.self)
        return LabToken(kind: .number, text: text, value: value(of: text), start: start, end: place)
    }

    /// A comma before three digits groups thousands, any other is a decimal comma.
    private static func value(of text: String) -> Double? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let isGrouped =
            parts.count > 1 && (1...3).contains(parts[0].count) && parts[0] != "0"
            && parts.dropFirst().allSatisfy { $0.prefix { $0 != "." }.count == 3 }
        let plain = isGrouped ? parts.joined() : text.replacingOccurrences(of: ",", with: ".")
        guard let value = Double(plain), value.isFinite else { return nil }
        return value
    }

    private static func word(_ line: ArraySlice<UInt8>, _ place: inout Int) -> LabToken {
        let start = place
        while place < line.endIndex {
            let byte = line[place]
            let isInner =
                "-'^*./".utf8.contains(byte) && place > start && place + 1 < line.endIndex
                && ASCII.isWord(line[place + 1])
            guard ASCII.isWord(byte) || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "/") || isInner else { break }
            // An en dash ends a word.
            if byte == 0xE2, place > start { break }
            place += 1
        }
        if place == start { place += 1 }
        let text = String(decoding: line[start..<place], as: UTF8.self)
        return LabToken(kind: .word, text: text, value: nil, start: start, end: place)
    }

    /// Dashes and comparisons beyond ASCII.
    private static func sign(_ line: ArraySlice<UInt8>, _ place: inout Int) -> LabToken? {
        let start = place
        let signs: [(StaticString, UInt8)] = [
            ("–", UInt8(ascii: "-")), ("—", UInt8(ascii: "-")), ("−", UInt8(ascii: "-")), ("≤", UInt8(ascii: "<")),
            ("≥", UInt8(ascii: ">")), ("↑", UInt8(ascii: "*")), ("↓", UInt8(ascii: "*")),
        ]
        for (text, sign) in signs where line[place...].hasASCIIPrefix(text) {
            place += text.utf8CodeUnitCount
            return LabToken(
                kind: .separator(sign), text: String(decoding: line[start..<place], as: UTF8.self), value: nil,
                start: start,
                end: place)
        }
        return nil
    }
}
