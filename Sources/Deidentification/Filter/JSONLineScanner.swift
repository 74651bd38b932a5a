internal import Foundation

/// Reads the simple JSON objects of the filter's lines much faster than a general decoder.
///
/// It accepts a part of JSON (RFC 8259): whatever it is not sure of gives `nil`, and the caller asks the general decoder,
/// which also says what is wrong. So both read the same values, and no error has two wordings.
struct JSONLineScanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    /// The members of an object whose values are all strings.
    static func strings(in line: Data) -> [String: String]? {
        line.withUnsafeBytes { raw in
            var scanner = JSONLineScanner(raw.bindMemory(to: UInt8.self))
            guard let members = scanner.stringMembers(), scanner.isAtEnd() else { return nil }
            return members
        }
    }

    /// `{"id":"…","known":[{"label":"…","value":"…"}]}`
    static func known(in line: Data) -> (id: String, known: [KnownIdentifier])? {
        line.withUnsafeBytes { raw in
            var scanner = JSONLineScanner(raw.bindMemory(to: UInt8.self))
            guard let entry = scanner.knownEntry(), scanner.isAtEnd() else { return nil }
            return entry
        }
    }

    private mutating func knownEntry() -> (id: String, known: [KnownIdentifier])? {
        var id: String?
        var known: [KnownIdentifier]?
        guard take(0x7b) else { return nil }
        repeat {
            guard let key = string(), take(0x3a) else { return nil }
            switch key {
            case "id" where id == nil:
                guard let value = string() else { return nil }
                id = value
            case "known" where known == nil:
                guard let values = identifiers() else { return nil }
                known = values
            default: return nil
            }
        } while take(0x2c)
        guard take(0x7d), let id, let known else { return nil }
        return (id, known)
    }

    private mutating func identifiers() -> [KnownIdentifier]? {
        guard take(0x5b) else { return nil }
        if take(0x5d) { return [] }
        var known: [KnownIdentifier] = []
        repeat {
            guard let members = stringMembers(), let value = members["value"],
                let label = members["label"].flatMap(IdentifierLabel.init(rawValue:))
            else { return nil }
            known.append(KnownIdentifier(value: value, label: label))
        } while take(0x2c)
        return take(0x5d) ? known : nil
    }

    private mutating func stringMembers() -> [String: String]? {
        var members: [String: String] = [:]
        guard take(0x7b) else { return nil }
        repeat {
            guard let key = string(), take(0x3a), let value = string(), members.updateValue(value, forKey: key) == nil
            else { return nil }
        } while take(0x2c)
        return take(0x7d) ? members : nil
    }

    private mutating func isAtEnd() -> Bool {
        skipBlanks()
        return position == bytes.count
    }

    private mutating func skipBlanks() {
        while position < bytes.count {
            let byte = bytes[position]
            guard byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d else { return }
            position += 1
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func string() -> String? {
        guard take(0x22) else { return nil }
        let start = position
        guard let end = plainEnd() else { return nil }
        if bytes[end] == 0x22 {
            position = end + 1
            return String(validating: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
        }
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count - start)
        while let end = plainEnd() {
            plain.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[position..<end]))
            position = end + 1
            if bytes[end] == 0x22 { return String(validating: plain, as: UTF8.self) }
            guard escape(into: &plain) else { return nil }
        }
        return nil
    }

    /// Where the next quotation mark or backslash stands; `nil` if a control character or the end comes first.
    private func plainEnd() -> Int? {
        var index = position
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x22 || byte == 0x5c { return index }
            if byte < 0x20 { return nil }
            index += 1
        }
        return nil
    }

    private mutating func escape(into plain: inout [UInt8]) -> Bool {
        guard position < bytes.count else { return false }
        let byte = bytes[position]
        position += 1
        switch byte {
        case 0x22, 0x5c, 0x2f: plain.append(byte)
        case 0x62: plain.append(0x08)
        case 0x66: plain.append(0x0c)
        case 0x6e: plain.append(0x0a)
        case 0x72: plain.append(0x0d)
        case 0x74: plain.append(0x09)
        case 0x75:
            guard var value = hexadecimal() else { return false }
            if (0xd800..<0xdc00).contains(value) {
                guard position + 1 < bytes.count, bytes[position] == 0x5c, bytes[position + 1] == 0x75 else {
                    return false
                }
                position += 2
                guard let low = hexadecimal(), (0xdc00..<0xe000).contains(low) else { return false }
                value = 0x10000 + (value - 0xd800) << 10 + (low - 0xdc00)
            }
            guard let scalar = Unicode.Scalar(value) else { return false }
            plain.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        default: return false
        }
        return true
    }

    private mutating func hexadecimal() -> UInt32? {
        guard position + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            let digit: UInt8
            switch byte {
            case 0x30...0x39: digit = byte - 0x30
            case 0x41...0x46: digit = byte - 0x37
            case 0x61...0x66: digit = byte - 0x57
            default: return nil
            }
            value = value << 4 | UInt32(digit)
        }
        position += 4
        return value
    }
}
