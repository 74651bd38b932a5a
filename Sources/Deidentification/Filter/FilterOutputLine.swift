internal import ConsiliumCore
internal import Foundation

/// One output line of the filter, in the canonical JSON that ``CanonicalJSON`` writes too, but without its detours.
struct FilterOutputLine {
    let id: String
    var status: DeidentificationStatus
    var reasons: [String]
    private let result: DeidentificationResult

    init(id: String, result: DeidentificationResult) {
        self.id = id
        self.result = result
        status = result.status
        reasons = result.reasons
    }

    /// With its line feed.
    var data: Data {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(result.text.utf8.count + result.spans.count * 56 + 128)
        bytes += "{\"id\":".utf8
        Self.append(id, to: &bytes)
        if !reasons.isEmpty {
            bytes += ",\"reasons\":[".utf8
            for (index, reason) in reasons.enumerated() {
                if index > 0 { bytes.append(0x2c) }
                Self.append(reason, to: &bytes)
            }
            bytes.append(0x5d)
        }
        bytes += ",\"spans\":[".utf8
        for (index, span) in result.spans.enumerated() {
            if index > 0 { bytes.append(0x2c) }
            bytes += "{\"end\":\(span.end),\"label\":\"\(span.label.rawValue)\",\"score\":".utf8
            bytes += Self.number(span.score).utf8
            bytes += ",\"start\":\(span.start)}".utf8
        }
        bytes += "],\"status\":\"\(status.rawValue)\",\"text\":".utf8
        Self.append(result.text, to: &bytes)
        bytes += [0x7d, 0x0a]
        return Data(bytes)
    }

    /// JSON has no other numbers; a score that is none of them counts as none.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let text = "\(value)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(0x22)
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            var index = 0
            while index < utf8.count {
                let byte = utf8[index]
                if byte < 0x20 || byte == 0x22 || byte == 0x5c {
                    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<index]))
                    escape(byte, to: &bytes)
                    start = index + 1
                }
                index += 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
        }
        bytes.append(0x22)
    }

    private static func escape(_ byte: UInt8, to bytes: inout [UInt8]) {
        switch byte {
        case 0x22, 0x5c: bytes += [0x5c, byte]
        case 0x08: bytes += "\\b".utf8
        case 0x09: bytes += "\\t".utf8
        case 0x0a: bytes += "\\n".utf8
        case 0x0c: bytes += "\\f".utf8
        case 0x0d: bytes += "\\r".utf8
        default: bytes += "\\u00\([byte].hexadecimal)".utf8
        }
    }
}
