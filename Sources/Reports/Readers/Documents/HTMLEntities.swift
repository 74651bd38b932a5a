/// The named characters that occur in clinical texts; the full list of HTML has two thousand more.
enum HTMLEntities {
    /// The character of `amp`, `#233` or `#xE9`: what stands between the ampersand and the semicolon.
    static func scalar(of name: String) -> Unicode.Scalar? {
        guard name.hasPrefix("#") else { return named[name] }
        let digits = name.dropFirst()
        let isHexadecimal = digits.hasPrefix("x") || digits.hasPrefix("X")
        let code = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let code else { return nil }
        // Browsers read these numbers as Windows-1252, so that is what their writers meant.
        if (128..<160).contains(code) { return TextDecoding.windows1252Scalar(UInt8(code)) }
        // Control characters are no text.
        return (code >= 32 && code != 127) || code == 9 || code == 10 ? Unicode.Scalar(code) : nil
    }

    private static let named: [String: Unicode.Scalar] = {
        var table: [String: Unicode.Scalar] = [
            "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "ndash": "–", "mdash": "—",
            "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "sbquo": "‚", "bdquo": "„", "hellip": "…",
            "bull": "•",
            "ensp": " ", "emsp": " ", "thinsp": " ", "euro": "€", "trade": "™", "larr": "←", "uarr": "↑", "rarr": "→",
            "darr": "↓", "harr": "↔", "le": "≤", "ge": "≥", "ne": "≠", "asymp": "≈", "minus": "−", "radic": "√",
            "infin": "∞", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "kappa": "κ",
            "lambda": "λ",
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
