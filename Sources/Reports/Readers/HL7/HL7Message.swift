internal import Foundation

/// The five separators that an HL7 v2 message declares in its first segment.
struct HL7Delimiters: Equatable {
    var field: UInt8
    var component: UInt8
    var repetition: UInt8
    var escape: UInt8
    var subcomponent: UInt8

    /// - Parameter header: the MSH segment's bytes.
    /// - Returns: `nil` if the segment is cut short or two separators are the same.
    init?(header: [UInt8]) {
        guard header.count >= 8, header.starts(with: Array("MSH".utf8)) else { return nil }
        field = header[3]
        let declared = header[4...].prefix { $0 != header[3] }
        guard declared.count >= 3 else { return nil }
        var list = Array(declared)
        // Some senders quote the escape character once too often: `^~\\&`.
        if list.count > 4, list[2] == list[3] { list.remove(at: 3) }
        component = list[0]
        repetition = list[1]
        escape = list[2]
        subcomponent = list.count > 3 ? list[3] : UInt8(ascii: "&")
        let all: Set<UInt8> = [field, component, repetition, escape, subcomponent]
        let isPlain = all.allSatisfy {
            $0 > 32 && $0 < 127 && !(48...57).contains($0) && !(65...90).contains($0) && !(97...122).contains($0)
        }
        guard all.count == 5, isPlain else { return nil }
    }
}

/// One segment, still in bytes: separators are single bytes, and a combining accent after one must not hide it.
struct HL7Segment {
    let name: String
    private let fields: [ArraySlice<UInt8>]

    init(_ bytes: [UInt8], _ delimiters: HL7Delimiters) {
        var fields = bytes.split(separator: delimiters.field, omittingEmptySubsequences: false)
        name = String(decoding: fields.first ?? [], as: UTF8.self)
        // MSH-1 is the separator itself, so that in this segment everything stands one place later.
        if name == "MSH" { fields.insert([delimiters.field], at: 1) }
        self.fields = fields
    }

    /// Field `number` as HL7 counts, empty if the segment is shorter.
    func raw(_ number: Int) -> ArraySlice<UInt8> { fields.indices.contains(number) ? fields[number] : [] }
}

/// One HL7 v2 message: its separators, its character set and its segments.
struct HL7Message {
    let delimiters: HL7Delimiters
    let segments: [HL7Segment]
    let encoding: TextEncoding

    enum Fault: Error {
        case badHeader
        case unknownCharset
        case undecodable
    }

    init(lines: [[UInt8]], fallback: TextEncoding?) throws {
        guard let first = lines.first, let delimiters = HL7Delimiters(header: first) else { throw Fault.badHeader }
        self.delimiters = delimiters
        segments = lines.map { HL7Segment($0, delimiters) }
        let declared = segments.first.map { String(decoding: $0.raw(18), as: UTF8.self) } ?? ""
        let name = declared.split(separator: Character(Unicode.Scalar(delimiters.repetition))).first ?? ""
        if name.isEmpty {
            encoding = fallback ?? .utf8
        } else if let known = TextEncoding(name: String(name)) {
            encoding = known
        } else {
            throw Fault.unknownCharset
        }
    }

    /// `ORU^R01` as its two parts.
    var type: (code: String, trigger: String) {
        guard let header = segments.first else { return ("", "") }
        let parts = components(header.raw(9))
        return (parts.first ?? "", parts.count > 1 ? parts[1] : "")
    }

    func decode(_ bytes: some Sequence<UInt8>) throws -> String {
        do { return try TextDecoding.decode(Data(bytes), declared: encoding) } catch { throw Fault.undecodable }
    }

    func repetitions(_ field: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
        field.split(separator: delimiters.repetition, omittingEmptySubsequences: false)
    }

    /// The components of one repetition, without escapes. What can't be decoded gives empty strings: these are identifiers,
    /// and the report's own text is decoded strictly elsewhere.
    func components(_ repetition: ArraySlice<UInt8>) -> [String] {
        repetition.split(separator: delimiters.component, omittingEmptySubsequences: false).map(plain)
    }

    /// A component's parts.
    func subcomponents(_ component: ArraySlice<UInt8>) -> [String] {
        component.split(separator: delimiters.subcomponent, omittingEmptySubsequences: false).map(plain)
    }

    func plain(_ bytes: ArraySlice<UInt8>) -> String {
        guard let text = try? text(bytes) else { return "" }
        return text == "\"\"" ? "" : text
    }

    /// A text with its escapes resolved and line breaks as `\n`.
    func text(_ bytes: ArraySlice<UInt8>) throws -> String {
        guard bytes.contains(delimiters.escape) else { return TextDecoding.normalizedLines(try decode(bytes)) }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let byte = bytes[position]
            guard byte == delimiters.escape,
                let end = bytes[(position + 1)...].prefix(80).firstIndex(of: delimiters.escape)
            else {
                decoded.append(byte)
                position += 1
                continue
            }
            let sequence = bytes[(position + 1)..<end]
            guard let replacement = HL7Escape.resolve(sequence, delimiters) else {
                // Not an escape sequence after all (a lone backslash in free text): keep it as it is.
                decoded.append(byte)
                position += 1
                continue
            }
            decoded.append(contentsOf: replacement)
            position = end + 1
        }
        return TextDecoding.normalizedLines(try decode(decoded))
    }
}
