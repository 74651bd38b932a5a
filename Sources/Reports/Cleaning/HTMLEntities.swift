/// Decodes HTML entities that end with a semicolon, nested ones too, in one pass.
enum HTMLEntities {
    private static let named: [String: UInt32] = [
        "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "nbsp": 0xA0, "iexcl": 0xA1, "pound": 0xA3,
        "sect": 0xA7, "copy": 0xA9, "ordf": 0xAA, "laquo": 0xAB, "shy": 0xAD, "reg": 0xAE, "deg": 0xB0, "plusmn": 0xB1,
        "sup2": 0xB2, "sup3": 0xB3, "acute": 0xB4, "micro": 0xB5, "middot": 0xB7, "sup1": 0xB9, "ordm": 0xBA,
        "raquo": 0xBB, "frac14": 0xBC, "frac12": 0xBD, "frac34": 0xBE, "iquest": 0xBF, "Agrave": 0xC0, "Aacute": 0xC1,
        "Acirc": 0xC2, "Atilde": 0xC3, "Auml": 0xC4, "Aring": 0xC5, "AElig": 0xC6, "Ccedil": 0xC7, "Egrave": 0xC8,
        "Eacute": 0xC9, "Ecirc": 0xCA, "Euml": 0xCB, "Iacute": 0xCD, "Iuml": 0xCF, "Ntilde": 0xD1, "Oacute": 0xD3,
        "Ocirc": 0xD4, "Ouml": 0xD6, "times": 0xD7, "Oslash": 0xD8, "Uacute": 0xDA, "Uuml": 0xDC, "szlig": 0xDF,
        "agrave": 0xE0, "aacute": 0xE1, "acirc": 0xE2, "atilde": 0xE3, "auml": 0xE4, "aring": 0xE5, "aelig": 0xE6,
        "ccedil": 0xE7, "egrave": 0xE8, "eacute": 0xE9, "ecirc": 0xEA, "euml": 0xEB, "igrave": 0xEC, "iacute": 0xED,
        "icirc": 0xEE, "iuml": 0xEF, "ntilde": 0xF1, "ograve": 0xF2, "oacute": 0xF3, "ocirc": 0xF4, "otilde": 0xF5,
        "ouml": 0xF6, "divide": 0xF7, "oslash": 0xF8, "ugrave": 0xF9, "uacute": 0xFA, "ucirc": 0xFB, "uuml": 0xFC,
        "alpha": 0x3B1, "beta": 0x3B2, "gamma": 0x3B3, "delta": 0x3B4, "mu": 0x3BC, "ensp": 0x2002, "emsp": 0x2003,
        "thinsp": 0x2009, "ndash": 0x2013, "mdash": 0x2014, "lsquo": 0x2018, "rsquo": 0x2019, "ldquo": 0x201C,
        "rdquo": 0x201D, "bull": 0x2022, "hellip": 0x2026, "euro": 0x20AC, "trade": 0x2122, "larr": 0x2190,
        "uarr": 0x2191, "rarr": 0x2192, "darr": 0x2193, "minus": 0x2212, "asymp": 0x2248, "ne": 0x2260, "le": 0x2264,
        "ge": 0x2265,
    ]

    private static let longestName = 8

    /// A semicolon may end an entity: what stands before it in the result is looked at, so `&amp;lt;` needs no second pass.
    static func decoded(_ text: [UInt8], _ report: inout CleaningReport) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var found = 0
        for byte in text {
            guard byte == UInt8(ascii: ";"), let (start, scalar) = entity(endingIn: result) else {
                result.append(byte)
                continue
            }
            result.removeSubrange(start...)
            result.append(contentsOf: UTF8.encode(scalar) ?? .init())
            found += 1
        }
        report.count(.decodedEntities, found)
        return result
    }

    private static func entity(endingIn text: [UInt8]) -> (start: Int, scalar: Unicode.Scalar)? {
        let earliest = max(0, text.count - longestName - 2)
        guard let start = text[earliest...].lastIndex(of: UInt8(ascii: "&")) else { return nil }
        let body = text[(start + 1)...]
        let value: UInt32?
        if body.first == UInt8(ascii: "#") {
            let digits = String(decoding: body.dropFirst(), as: UTF8.self)
            value = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        } else {
            value = named[String(decoding: body, as: UTF8.self)]
        }
        // Control characters are no text; a number for one stays as it is.
        guard let value, value >= 32 || value == 9 || value == 10, value != 127, !(0x80..<0xA0).contains(value) else {
            return nil
        }
        return Unicode.Scalar(value).map { (start, $0) }
    }
}
