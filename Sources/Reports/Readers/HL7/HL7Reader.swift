internal import Foundation

/// HL7 v2 files with one or more messages (ORU^R01, MDM^T02), segments ended by CR, LF or CR LF, with or without MLLP frames
/// and batch envelopes.
public struct HL7Reader: ReportReader {
    private let encoding: TextEncoding?
    private let extractor: DocumentExtractor

    public init(_ configuration: ImportConfiguration = ImportConfiguration()) {
        encoding = configuration.textEncoding
        extractor = DocumentExtractor(configuration)
    }

    /// One message while its lines come in.
    private struct Pending {
        var lines: [[UInt8]]
        var size: Int
        var isTooLong = false
    }

    public func read(_ file: SourceFile, emit: (ReadOutcome) throws -> Void) throws {
        let data: Data
        do {
            // Only a byte order mark speaks for the whole file: each message declares its own character set.
            data = try TextDecoding.asUTF8(file.data, declared: nil)
        } catch {
            return try emit(file.undecodable("", error))
        }
        try data.withUnsafeBytes { try read($0, file, emit) }
    }

    private func read(_ bytes: UnsafeRawBufferPointer, _ file: SourceFile, _ emit: (ReadOutcome) throws -> Void) throws
    {
        var scanner = ByteScanner(bytes, returnsEndLines: true)
        var pending: Pending?
        var count = 0
        var strayReported = false
        while let range = scanner.nextLine() {
            let line = trimmed(bytes, range)
            if line.isEmpty { continue }
            if starts(bytes, line, with: "MSH") {
                if let message = pending { try finish(message, count, file, emit) }
                count += 1
                pending = Pending(lines: [], size: 0)
            } else if isEnvelope(bytes, line) {
                continue
            }
            guard pending != nil else {
                if !strayReported {
                    try emit(
                        file.rejection(
                            "", .malformed,
                            "The file does not begin with an MSH segment. What stands before the first one was not read."
                        ))
                }
                strayReported = true
                continue
            }
            append(bytes, line, to: &pending)
        }
        if let message = pending { try finish(message, count, file, emit) }
        if count == 0, !strayReported { try emit(file.rejection("", .empty, "The file is empty.")) }
    }

    private func append(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>, to pending: inout Pending?) {
        guard let size = pending?.size, pending?.isTooLong == false else { return }
        guard size + line.count <= ReadLimit.recordBytes else {
            pending?.isTooLong = true
            pending?.lines = []
            return
        }
        pending?.size = size + line.count
        let separator = pending?.lines.first.flatMap { $0.count > 3 ? $0[3] : nil }
        if pending?.lines.isEmpty == true || isSegment(bytes, line, separator: separator) {
            pending?.lines.append(Array(bytes[line]))
        } else if let last = pending?.lines.indices.last {
            // A raw line break inside a text field, which the standard forbids and senders produce.
            pending?.lines[last].append(10)
            pending?.lines[last].append(contentsOf: bytes[line])
        }
    }

    private func finish(_ message: Pending, _ number: Int, _ file: SourceFile, _ emit: (ReadOutcome) throws -> Void)
        throws
    {
        let place = "message=\(number)"
        if message.isTooLong { return try emit(file.tooLong(place)) }
        do {
            let parsed = try HL7Message(lines: message.lines, fallback: encoding)
            for outcome in HL7Reports(parsed, number: number, file: file, extractor: extractor).outcomes() { try emit(outcome) }
        } catch let fault as HL7Message.Fault {
            switch fault {
            case .badHeader:
                try emit(
                    file.rejection(
                        place, .malformed,
                        "The MSH segment is cut short or its separators are not usable. Send the message again."))
            case .unknownCharset: try emit(file.undecodable(place, TextDecoding.Failure.unknownCharset))
            case .undecodable: try emit(file.undecodable(place, TextDecoding.Failure.notUTF8))
            }
        }
    }

    /// Without the frame bytes of MLLP (0x0B before, 0x1C after) and blanks before a segment's name.
    private func trimmed(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Range<Int> {
        var range = range
        while let first = range.first, bytes[first] == 0x0B || bytes[first] == 0x1C { range.removeFirst() }
        while let last = range.last, bytes[last] == 0x1C { range = range.lowerBound..<last }
        return range
    }

    private func starts(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>, with name: String) -> Bool {
        bytes[line].starts(with: Array(name.utf8)) && line.count > 3 && !isLetter(bytes[line.lowerBound + 3])
    }

    private func isLetter(_ byte: UInt8) -> Bool {
        (65...90).contains(byte) || (97...122).contains(byte) || byte == 32 || byte > 126
    }

    private func isEnvelope(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>) -> Bool {
        ["FHS", "BHS", "BTS", "FTS"].contains { starts(bytes, line, with: $0) }
    }

    /// Three capitals or digits and then the message's own separator (or nothing).
    private func isSegment(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>, separator: UInt8?) -> Bool {
        guard line.count >= 3, (65...90).contains(bytes[line.lowerBound]) else { return false }
        let name = bytes[line.lowerBound..<(line.lowerBound + 3)]
        guard name.allSatisfy({ (65...90).contains($0) || (48...57).contains($0) }) else { return false }
        return line.count == 3 || bytes[line.lowerBound + 3] == separator
    }
}
