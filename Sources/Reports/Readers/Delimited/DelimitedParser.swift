internal import Foundation

/// RFC 4180 over bytes: quoted fields may hold separators, quotes (doubled) and line breaks.
struct DelimitedParser {
    struct Row {
        /// The line of the file where the row begins, from 1.
        var line: Int
        var fields: [Data]
    }

    enum Step {
        case row(Row)
        case malformed(line: Int)
        /// A quote that is never closed, or a record past the limit: where it ends is unknown, so reading stops here.
        case broken(line: Int, tooLong: Bool)
        case end
    }

    private let bytes: UnsafeRawBufferPointer
    private let separator: UInt8
    private var position = 0
    private var line = 1

    init(_ bytes: UnsafeRawBufferPointer, separator: UInt8) {
        self.bytes = bytes
        self.separator = separator
    }

    mutating func next() -> Step {
        while position < bytes.count, bytes[position] == 10 || bytes[position] == 13 { skipLineEnd() }
        guard position < bytes.count else { return .end }
        let start = position
        let firstLine = line
        var fields: [Data] = []
        while true {
            switch field(recordStart: start) {
            case .value(let value): fields.append(value)
            case .malformed:
                skipLine()
                return .malformed(line: firstLine)
            case .broken(let tooLong): return .broken(line: firstLine, tooLong: tooLong)
            }
            guard position < bytes.count else { break }
            if bytes[position] == separator {
                position += 1
                continue
            }
            skipLineEnd()
            break
        }
        return .row(Row(line: firstLine, fields: fields))
    }

    private enum Field {
        case value(Data)
        case malformed
        case broken(tooLong: Bool)
    }

    private mutating func field(recordStart: Int) -> Field {
        guard position < bytes.count, bytes[position] == 34 else { return plainField(recordStart: recordStart) }
        position += 1
        var value = Data()
        var from = position
        while position < bytes.count {
            if position - recordStart > ReadLimit.recordBytes { return .broken(tooLong: true) }
            let byte = bytes[position]
            if byte == 10 { line += 1 }
            if byte == 34 {
                value.append(contentsOf: bytes[from..<position])
                position += 1
                if position < bytes.count, bytes[position] == 34 {
                    from = position
                    position += 1
                    continue
                }
                guard
                    position >= bytes.count || bytes[position] == separator || bytes[position] == 10
                        || bytes[position] == 13
                else { return .malformed }
                return .value(value)
            }
            position += 1
        }
        return .broken(tooLong: false)
    }

    private mutating func plainField(recordStart: Int) -> Field {
        let from = position
        while position < bytes.count {
            let byte = bytes[position]
            if byte == separator || byte == 10 || byte == 13 { break }
            if byte == 34 { return .malformed }
            if position - recordStart > ReadLimit.recordBytes { return .broken(tooLong: true) }
            position += 1
        }
        return .value(bytes.data(from..<position))
    }

    private mutating func skipLineEnd() {
        guard position < bytes.count else { return }
        if bytes[position] == 13, position + 1 < bytes.count, bytes[position + 1] == 10 { position += 1 }
        position += 1
        line += 1
    }

    private mutating func skipLine() {
        while position < bytes.count, bytes[position] != 10, bytes[position] != 13 { position += 1 }
        skipLineEnd()
    }

    /// The separator that the first line holds most of, outside quotes: comma, tab, semicolon or bar.
    static func separator(of bytes: UnsafeRawBufferPointer) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var quoted = false
        for byte in bytes.prefix(65_536) {
            if byte == 34 { quoted.toggle() }
            if quoted { continue }
            if byte == 10 || byte == 13 { break }
            if [44, 9, 59, 124].contains(byte) { counts[byte, default: 0] += 1 }
        }
        let best = counts.values.max() ?? 0
        return [44, 9, 59, 124].first { counts[$0] == best && best > 0 } ?? 44
    }
}
