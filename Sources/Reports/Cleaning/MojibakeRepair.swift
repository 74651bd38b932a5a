/// Repairs UTF-8 that was read as Latin-1 or Windows-1252 and written as UTF-8 again.
///
/// The proof is the round trip: the characters, written in the wrong character set, must give bytes that are valid UTF-8 for
/// one character that clinical text has. `É»` of a French quotation is valid UTF-8 too, but for a letter of phonetics, so
/// it stays.
enum MojibakeRepair {
    /// What Windows-1252 has at 80 to 9F; `nil` where it has nothing.
    private static let windows: [UInt32?] = [
        0x20AC, nil, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, nil,
        0x017D,
        nil, nil, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, nil,
        0x017E, 0x0178,
    ]

    private static let bytesOfWindows: [UInt32: UInt8] = {
        var bytes: [UInt32: UInt8] = [:]
        for (place, scalar) in windows.enumerated() { if let scalar { bytes[scalar] = UInt8(0x80 + place) } }
        return bytes
    }()

    static func repaired(_ text: [UInt8], _ report: inout CleaningReport) -> [UInt8] {
        // Every damaged sequence begins with one of Â Ã Ä Å Î Ï â, all of them C3 xx in UTF-8; C1 controls begin with C2.
        guard text.contains(0xC3) || text.contains(0xC2) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var place = 0
        var found = 0
        while place < text.count {
            if text[place] == 0xC3, let (bytes, next) = original(text, at: place) {
                result.append(contentsOf: bytes)
                place = next
                found += 1
            } else if text[place] == 0xC2, place + 1 < text.count, (0x80...0x9F).contains(text[place + 1]),
                text[place + 1] != 0x85, let scalar = windows[Int(text[place + 1] - 0x80)].flatMap(Unicode.Scalar.init)
            {
                // A control character that no text has: the byte was Windows-1252 and was read as Latin-1.
                result.append(contentsOf: UTF8.encode(scalar) ?? .init())
                place += 2
                found += 1
            } else {
                result.append(text[place])
                place += 1
            }
        }
        report.count(.repairedSequences, found)
        return result
    }

    /// The bytes that were misread at `place`, if they are proved.
    private static func original(_ text: [UInt8], at place: Int) -> (bytes: [UInt8], next: Int)? {
        guard let (lead, afterLead) = misread(text, at: place) else { return nil }
        let length: Int
        switch lead {
        case 0xC2, 0xC3, 0xC4, 0xC5, 0xCE, 0xCF: length = 2
        case 0xE2: length = 3
        default: return nil
        }
        var bytes = [lead]
        var next = afterLead
        while bytes.count < length {
            guard let (byte, after) = misread(text, at: next), (0x80...0xBF).contains(byte) else { return nil }
            bytes.append(byte)
            next = after
        }
        let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
        guard scalars.count == 1, let scalar = scalars.first, isPlausible(scalar.value) else { return nil }
        return (bytes, next)
    }

    /// The byte that the character at `place` was before it was misread, and where the next character begins.
    private static func misread(_ text: [UInt8], at place: Int) -> (byte: UInt8, next: Int)? {
        guard place < text.count else { return nil }
        let first = text[place]
        let length = first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first < 0xF0, place + length <= text.count else { return nil }
        var value = UInt32(first & (length == 2 ? 0x1F : 0x0F))
        for byte in text[(place + 1)..<(place + length)] { value = value << 6 | UInt32(byte & 0x3F) }
        if let byte = bytesOfWindows[value] { return (byte, place + length) }
        return (0x80...0xFF).contains(value) ? (UInt8(value), place + length) : nil
    }

    /// Letters of European languages, Greek, and the punctuation and signs of clinical text.
    private static func isPlausible(_ value: UInt32) -> Bool {
        switch value {
        case 0xA0...0x017F, 0x0391...0x03C9, 0x2010...0x203A, 0x20AC, 0x2070...0x2089, 0x2122, 0x2150...0x215E,
            0x2190...0x2193, 0x2212, 0x221A, 0x221E, 0x2248, 0x2260, 0x2264, 0x2265, 0x25A0...0x25CF, 0x2713, 0x2714:
            true
        default: false
        }
    }
}
