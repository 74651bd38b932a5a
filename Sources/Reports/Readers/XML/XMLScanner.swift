internal import Foundation

/// A pull parser for XML 1.0 without document types, in bounds of depth and size.
///
/// It reads what is well-formed and refuses everything that makes XML dangerous: document types, and with them entities of
/// its own and of other files. Prefixes need no declaration, because exported sections often lose theirs; names are told
/// apart by their local part.
struct XMLScanner {
    enum Event: Equatable {
        case start(name: String, attributes: [XMLAttribute], isEmpty: Bool)
        case end(name: String)
        case text(String)
        case finish
    }

    enum Fault: Error, Equatable {
        case malformed(line: Int)
        case documentType
        case undefinedEntity(line: Int)
        case tooDeep
        case tooLarge
    }

    enum Limit {
        static let depth = 256
        static let attributes = 256
        static let attributeBytes = 65_536
        static let nameBytes = 512
        static let elements = 500_000
    }

    private let bytes: [UInt8]
    private var position = 0
    private var open: [ArraySlice<UInt8>] = []
    private var elements = 0
    private var hasRoot = false

    /// - Parameter bytes: the document as valid UTF-8, whatever its declaration says.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    mutating func next() throws -> Event {
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "<") else {
                if let text = try text() { return .text(text) }
                continue
            }
            if isAt("<!--") {
                try skip(past: "-->", from: position + 4)
            } else if isAt("<![CDATA[") {
                guard !open.isEmpty else { throw fault }
                let start = position + 9
                try skip(past: "]]>", from: start)
                return .text(try decoded(start..<(position - 3)))
            } else if isAt("<?") {
                try skip(past: "?>", from: position + 2)
            } else if isAt("<!") {
                throw isAt("<!DOCTYPE") || isAt("<!ENTITY") ? Fault.documentType : fault
            } else if isAt("</") {
                return try endTag()
            } else {
                return try startTag()
            }
        }
        guard open.isEmpty, hasRoot else { throw fault }
        return .finish
    }

    /// Counted only when there is something to say: a count along the way would cost more than the parsing.
    var line: Int { bytes[..<min(position, bytes.count)].reduce(1) { $1 == 10 ? $0 + 1 : $0 } }

    private var fault: Fault { .malformed(line: line) }

    private func isAt(_ word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        return word.withUTF8Buffer { word in
            for index in 0..<count where bytes[position + index] != word[index] { return false }
            return true
        }
    }

    private mutating func skip(past end: StaticString, from start: Int) throws {
        position = start
        while position < bytes.count {
            if isAt(end) {
                position += end.utf8CodeUnitCount
                return
            }
            position += 1
        }
        throw fault
    }

    /// Text up to the next tag; outside of the root only white space may stand.
    private mutating func text() throws -> String? {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
        if open.isEmpty {
            guard bytes[start..<position].allSatisfy(Self.isSpace) else {
                position = start
                throw fault
            }
            return nil
        }
        return try resolved(start..<position)
    }

    private mutating func endTag() throws -> Event {
        position += 2
        let name = try name()
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: ">"), let last = open.popLast(), last == name else {
            throw fault
        }
        position += 1
        return .end(name: Self.local(name))
    }

    private mutating func startTag() throws -> Event {
        guard !(open.isEmpty && hasRoot) else { throw fault }
        position += 1
        let name = try name()
        var attributes: [XMLAttribute] = []
        while true {
            let hasSpace = skipSpace()
            guard position < bytes.count else { throw fault }
            let byte = bytes[position]
            if byte == UInt8(ascii: ">") {
                position += 1
                return try began(name, attributes, isEmpty: false)
            }
            if byte == UInt8(ascii: "/") {
                guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: ">") else { throw fault }
                position += 2
                return try began(name, attributes, isEmpty: true)
            }
            guard hasSpace else { throw fault }
            let attribute = try attribute()
            guard !attributes.contains(where: { $0.name == attribute.name }) else { throw fault }
            attributes.append(attribute)
            guard attributes.count <= Limit.attributes else { throw Fault.tooLarge }
        }
    }

    private mutating func began(_ name: ArraySlice<UInt8>, _ attributes: [XMLAttribute], isEmpty: Bool) throws -> Event {
        hasRoot = true
        elements += 1
        guard elements <= Limit.elements else { throw Fault.tooLarge }
        guard open.count < Limit.depth else { throw Fault.tooDeep }
        if !isEmpty { open.append(name) }
        return .start(name: Self.local(name), attributes: attributes, isEmpty: isEmpty)
    }

    private mutating func attribute() throws -> XMLAttribute {
        let name = try name()
        skipSpace()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { throw fault }
        position += 1
        skipSpace()
        guard position < bytes.count, case let quote = bytes[position], quote == 34 || quote == 39 else { throw fault }
        position += 1
        let start = position
        while position < bytes.count, bytes[position] != quote {
            guard bytes[position] != UInt8(ascii: "<") else { throw fault }
            position += 1
            guard position - start <= Limit.attributeBytes else { throw Fault.tooLarge }
        }
        guard position < bytes.count else { throw fault }
        let value = try resolved(start..<position)
        position += 1
        return XMLAttribute(name: String(decoding: name, as: UTF8.self), value: value)
    }

    /// Letters and whatever is not ASCII may begin a name; digits, `-` and `.` may follow.
    private mutating func name() throws -> ArraySlice<UInt8> {
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            let isFirst =
                (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: ":") || byte >= 128
            let isLater = (48...58).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            guard isFirst || (isLater && position > start) else { break }
            position += 1
            guard position - start <= Limit.nameBytes else { throw Fault.tooLarge }
        }
        guard position > start else { throw fault }
        return bytes[start..<position]
    }

    @discardableResult
    private mutating func skipSpace() -> Bool {
        let start = position
        while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
        return position > start
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 10 || byte == 13 || byte == 9 }

    private static func local(_ name: ArraySlice<UInt8>) -> String {
        guard let colon = name.lastIndex(of: UInt8(ascii: ":")), colon + 1 < name.endIndex else {
            return String(decoding: name, as: UTF8.self)
        }
        return String(decoding: name[(colon + 1)...], as: UTF8.self)
    }

    private func decoded(_ range: Range<Int>) throws -> String {
        for byte in bytes[range] where byte < 32 && !Self.isSpace(byte) { throw fault }
        return String(decoding: bytes[range], as: UTF8.self)
    }

    /// The text of a range with its references resolved.
    private func resolved(_ range: Range<Int>) throws -> String {
        guard bytes[range].contains(UInt8(ascii: "&")) else { return try decoded(range) }
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            guard byte >= 32 || Self.isSpace(byte) else { throw fault }
            guard byte == UInt8(ascii: "&") else {
                result.append(byte)
                index += 1
                continue
            }
            let rest = bytes[(index + 1)..<min(range.upperBound, index + 14)]
            guard let end = rest.firstIndex(of: UInt8(ascii: ";")) else { throw fault }
            let name = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
            guard let scalar = Self.scalar(of: name) else {
                throw name.hasPrefix("#") ? fault : Fault.undefinedEntity(line: line)
            }
            result.append(contentsOf: Array(String(Character(scalar)).utf8))
            index = end + 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func scalar(of name: String) -> Unicode.Scalar? {
        switch name {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let code = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let code, let scalar = Unicode.Scalar(code), code >= 32 || [9, 10, 13].contains(code) else { return nil }
        return scalar
    }
}

/// An attribute under its whole name: `value`, `xsi:type`.
struct XMLAttribute: Equatable {
    var name: String
    var value: String
}
