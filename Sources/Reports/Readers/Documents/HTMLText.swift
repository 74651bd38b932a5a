internal import Foundation

/// The text of HTML and XHTML, however badly marked up: it is written by many programs and checked by few.
///
/// Nothing is loaded or executed; scripts, styles and comments are left out.
enum HTMLText {
    static func text(of html: String) -> String {
        var renderer = NarrativeRenderer()
        let bytes = Array(html.utf8)
        var position = 0
        var textStart = 0
        func flush(_ end: Int, into renderer: inout NarrativeRenderer) {
            if textStart < end { renderer.text(resolved(bytes[textStart..<end])) }
        }
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "<"), position + 1 < bytes.count, startsMarkup(bytes[position + 1]) else {
                position += 1
                continue
            }
            flush(position, into: &renderer)
            position = markup(bytes, at: position, into: &renderer)
            textStart = position
        }
        flush(bytes.count, into: &renderer)
        return renderer.finish()
    }

    /// Whether a text is a page of HTML rather than a text that mentions a tag.
    static func isDocument(_ text: String) -> Bool {
        let head = text.prefix(512).drop { $0.isWhitespace || $0 == "\u{FEFF}" }.lowercased()
        return head.hasPrefix("<!doctype html") || head.hasPrefix("<html")
            || (head.hasPrefix("<?xml") && head.contains("<html"))
    }

    private static func startsMarkup(_ byte: UInt8) -> Bool {
        isLetter(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
    }

    /// Reads one tag, comment or declaration and says where the text goes on.
    private static func markup(_ bytes: [UInt8], at start: Int, into renderer: inout NarrativeRenderer) -> Int {
        if bytes[start...].starts(with: Array("<!--".utf8)) {
            return find(Array("-->".utf8), in: bytes, from: start + 4).map { $0 + 3 } ?? bytes.count
        }
        let isEnd = bytes[start + 1] == UInt8(ascii: "/")
        var index = start + (isEnd ? 2 : 1)
        let nameStart = index
        while index < bytes.count, isLetter(bytes[index]) || (48...58).contains(bytes[index]) { index += 1 }
        let name = localName(bytes[nameStart..<index])
        let (attributes, end) = attributes(bytes, from: index)
        guard !name.isEmpty else { return end }
        if isEnd {
            renderer.close(name)
        } else {
            // The end of a head may be left out.
            if name == "body" { renderer.close("head") }
            renderer.open(name) { attributes[$0] }
            if bytes[end - 1] == UInt8(ascii: ">"), end >= 2, bytes[end - 2] == UInt8(ascii: "/") { renderer.close(name) }
            if name == "script" || name == "style" { return rawEnd(name, bytes, from: end, into: &renderer) }
        }
        return end
    }

    /// Everything up to `</script` is no markup.
    private static func rawEnd(
        _ name: String, _ bytes: [UInt8], from start: Int, into renderer: inout NarrativeRenderer
    ) -> Int {
        let closing = Array("</\(name)".utf8)
        var index = start
        while index + closing.count <= bytes.count {
            let isEnd = zip(closing, bytes[index...]).allSatisfy { $0 == $1 | (isLetter($1) ? 32 : 0) }
            if bytes[index] == UInt8(ascii: "<"), isEnd { return index }
            index += 1
        }
        renderer.close(name)
        return bytes.count
    }

    /// The attributes that the renderer asks for, and the place behind the tag. A `>` in quotes does not end it.
    private static func attributes(_ bytes: [UInt8], from start: Int) -> ([String: String], Int) {
        var found: [String: String] = [:]
        var index = start
        var quote: UInt8?
        var key: [UInt8] = []
        var value: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if let mark = quote {
                if byte == mark {
                    quote = nil
                    let name = String(decoding: key, as: UTF8.self).lowercased()
                    if name == "alt", found.count < 8 { found[name] = resolved(value[...]) }
                    key = []
                } else if value.count < 1024 {
                    value.append(byte)
                }
                continue
            }
            if byte == UInt8(ascii: ">") { return (found, index) }
            // A new tag: this one was never closed.
            if byte == UInt8(ascii: "<") { return (found, index - 1) }
            if byte == 34 || byte == 39 {
                quote = byte
                value = []
            } else if isLetter(byte), key.count < 32 {
                key.append(byte)
            } else if byte <= 32 {
                key = []
            }
        }
        return (found, bytes.count)
    }

    private static func find(_ word: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        var index = start
        while index + word.count <= bytes.count {
            if bytes[index] == word[0], bytes[index...].starts(with: word) { return index }
            index += 1
        }
        return nil
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }

    /// `o:p` of word processors → `p`.
    private static func localName(_ bytes: ArraySlice<UInt8>) -> String {
        let name = String(decoding: bytes, as: UTF8.self).lowercased()
        return name.split(separator: ":").last.map(String.init) ?? ""
    }

    /// Text with its character references resolved; what is none stays as it is.
    static func resolved(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "&"), let end = bytes[index...].prefix(12).firstIndex(of: UInt8(ascii: ";")),
                let scalar = HTMLEntities.scalar(of: String(decoding: bytes[(index + 1)..<end], as: UTF8.self))
            {
                result.append(contentsOf: Array(String(Character(scalar)).utf8))
                index = end + 1
            } else {
                result.append(byte)
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// The named characters that occur in clinical texts; the full list of HTML has two thousand more.
enum HTMLEntities {
    static func scalar(of name: String) -> Unicode.Scalar? {
        guard name.hasPrefix("#") else { return named[name] }
        let digits = name.dropFirst()
        let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
        let code = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let code else { return nil }
        // Browsers read these numbers as Windows-1252, so that is what their writers meant.
        if (128..<160).contains(code) { return TextDecoding.windows1252Scalar(UInt8(code)) }
        return code >= 32 || code == 9 || code == 10 ? Unicode.Scalar(code) : nil
    }

    private static let named: [String: Unicode.Scalar] = {
        var table: [String: Unicode.Scalar] = [
            "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "ndash": "–", "mdash": "—",
            "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "sbquo": "‚", "bdquo": "„", "hellip": "…", "bull": "•",
            "ensp": " ", "emsp": " ", "thinsp": " ", "euro": "€", "trade": "™", "larr": "←", "uarr": "↑", "rarr": "→",
            "darr": "↓", "harr": "↔", "le": "≤", "ge": "≥", "ne": "≠", "asymp": "≈", "minus": "−", "radic": "√",
            "infin": "∞", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "kappa": "κ", "lambda": "λ",
            "mu": "μ", "pi": "π", "sigma": "σ", "omega": "ω", "Delta": "Δ", "Omega": "Ω", "fnof": "ƒ", "permil": "‰",
            "OElig": "Œ", "oelig": "œ", "Scaron": "Š", "scaron": "š", "Yuml": "Ÿ", "check": "✓", "dagger": "†",
        ]
        // The names of Latin-1 in the order of its characters, from U+00A1.
        let latin =
            "iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml"
        for (offset, name) in latin.split(separator: " ").enumerated() {
            table[String(name)] = Unicode.Scalar(UInt32(0xA1 + offset))
        }
        return table
    }()
}
