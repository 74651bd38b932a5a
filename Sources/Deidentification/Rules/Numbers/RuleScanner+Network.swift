extension RuleScanner {
    /// E-mail addresses, URLs, domain names, IPv4, IPv6 and MAC addresses.
    mutating func scanNetwork() {
        var index = 0
        while index < text.count {
            let scalar = text.folded[index]
            if scalar == 0x40 { email(at: index) }
            if scalar == 0x2e, !taken[index] { domain(at: index) }
            if scalar == 0x3a { colonAddress(at: index) }
            index += 1
        }
    }

    /// Names of image and sound files, which cameras and scanners number: `IMG_6709.HEIC`, `roe_face_0220.jpg`.
    mutating func scanFiles() {
        for index in tokens.indices where isMark(index, ".") && !taken[tokens[index].start] {
            guard let suffix = token(index + 1), !suffix.spaced, suffix.kind == .word, tokens[index].spaced == false
            else { continue }
            let isPicture = Self.fileTypes.contains(suffix.hash) || isNumbered(suffix)
            guard isPicture || suffix.count <= 4 && (suffix.count >= 3 || isRaw(suffix)) && namesBody(before: index)
            else { continue }
            var start = tokens[index].start
            var hasDigit = false
            while start > 0,
                text.kinds[start - 1].isAlphanumeric || text.folded[start - 1] == 0x5f || text.folded[start - 1] == 0x2d
            {
                hasDigit = hasDigit || text.kinds[start - 1] == .digit
                start -= 1
            }
            let length = tokens[index].start - start
            guard length >= 4, hasDigit || length >= 6 else { continue }
            var end = suffix.end
            if let digit = token(index + 2), digit.kind == .number, !digit.spaced { end = digit.end }
            add(start, end, .biometric, 0.85, .shapedNumber, take: true)
        }
    }

    /// `mp4`, whose digit is a token of its own.
    private func isNumbered(_ suffix: Token) -> Bool {
        suffix.hash == Self.mp && suffix.end < text.count && text.kinds[suffix.end] == .digit
    }

    /// `CR2`, whose digit is a token of its own.
    private func isRaw(_ suffix: Token) -> Bool {
        suffix.count == 2 && suffix.end < text.count && text.kinds[suffix.end] == .digit
    }

    /// Whether the name of a file, which has an underscore or a digit, holds a word of the body's features.
    private func namesBody(before index: Int) -> Bool {
        var next = index - 1
        var isFile = false
        var isBody = false
        while let part = token(next), index - next < 12, part.kind != .mark || part.isMark("_") || part.isMark("-") {
            isFile = isFile || part.isMark("_") || part.kind == .number
            isBody = isBody || Self.bodyWords.contains(part.hash)
            if part.spaced { break }
            next -= 1
        }
        if let cue = token(next - 1), next > 0 {
            isBody = isBody || Self.bodyWords.contains(cue.hash) || Self.templates.contains(cue.hash)
        }
        return isFile && isBody
    }

    private static let bodyWords = words(
        "face facial fullface iris retina fundus voice gait palm print fingerprint finger thumb ear smile profile headshot scan"
    )
    private static let templates = words("template enrolment enrollment biometric wsq")

    private static let mp = WordHash.of("mp")
    private static let fileTypes = words(
        "jpg jpeg png heic tif tiff gif bmp dcm dicom mov avi wav m4a nef dng arw raw wsq onnx")

    private func isLocal(_ index: Int) -> Bool {
        guard index >= 0, index < text.count else { return false }
        if text.kinds[index].isAlphanumeric { return true }
        let scalar = text.folded[index]
        return scalar == 0x2e || scalar == 0x5f || scalar == 0x2d || scalar == 0x2b || scalar == 0x25
    }

    private mutating func email(at sign: Int) {
        var start = sign
        while start > 0, sign - start < 64, isLocal(start - 1) { start -= 1 }
        while start < sign, !text.kinds[start].isAlphanumeric { start += 1 }
        var end = sign + 1
        while end < text.count, end - sign < 256, isLocal(end) { end += 1 }
        while end > sign, !text.kinds[end - 1].isAlphanumeric { end -= 1 }
        guard start < sign, end > sign + 3, text.folded[sign + 1..<end].contains(0x2e),
            // “0.75@0.5” is a pacing threshold. Digits of an address may be misread letters, but never all of them.
            text.kinds[start..<end].contains(where: \.isLetter)
        else { return }
        add(start, end, .email, 0.99, .email, take: true)
    }

    /// Called at a dot: a domain name around it, with a scheme and a path if they are there; or an IPv4 address.
    private mutating func domain(at dot: Int) {
        func isHost(_ index: Int) -> Bool {
            index >= 0 && index < text.count
                && (text.kinds[index].isAlphanumeric || text.folded[index] == 0x2d || text.folded[index] == 0x2e)
        }
        var start = dot
        while start > 0, dot - start < 128, isHost(start - 1) { start -= 1 }
        var end = dot + 1
        while end < text.count, end - dot < 128, isHost(end) { end += 1 }
        while end > dot + 1, !text.kinds[end - 1].isAlphanumeric { end -= 1 }
        while start < dot, !text.kinds[start].isAlphanumeric { start += 1 }
        guard start < dot, end > dot + 1 else { return }
        if address(start, end) {
            add(start, end, .ipAddress, 0.95, .ipAddress, take: true)
            return
        }
        var top = end
        while top > start, text.folded[top - 1] != 0x2e { top -= 1 }
        let hasScheme =
            start >= 3 && text.folded[start - 1] == 0x2f && text.folded[start - 2] == 0x2f
            && text.folded[start - 3] == 0x3a
        let isWWW = text.folded[start..<end].starts(with: [0x77, 0x77, 0x77, 0x2e])
        if !hasScheme && !isWWW {
            let suffix = text.string(top, end)
            let hasPath =
                end + 2 < text.count && text.folded[end] == 0x2f && text.kinds[end + 1].isAlphanumeric
                && suffix.count >= 3 && suffix.allSatisfy(\.isLetter) && top - start >= 5
            guard Self.topLevel.contains(suffix.lowercased()) || hasPath,
                suffix == suffix.lowercased() || suffix == suffix.uppercased(),
                top - start >= 3
            else { return }
        }
        if hasScheme {
            start -= 3
            while start > 0, text.kinds[start - 1].isLetter { start -= 1 }
        }
        if end < text.count, text.folded[end] == 0x3a, end + 1 < text.count, text.kinds[end + 1] == .digit {
            end += 1
            while end < text.count, text.kinds[end] == .digit { end += 1 }
        }
        if end < text.count, text.folded[end] == 0x2f || text.folded[end] == 0x3f {
            while end < text.count, !text.kinds[end].isBlank, ![0x22, 0x3c, 0x3e].contains(text.folded[end]) {
                end += 1
            }
            while end > dot, [0x2e, 0x2c, 0x29, 0x3b, 0x22, 0x3e].contains(text.folded[end - 1]) { end -= 1 }
        }
        add(start, end, .url, 0.95, .url, take: true)
    }

    private static let topLevel: Set<String> = [
        "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "io", "co", "us", "uk", "ca", "de", "fr", "es",
        "it", "nl",
        "eu", "au", "ch", "health", "care", "app", "dev", "me", "clinic", "hospital", "online", "site", "tv", "xyz",
        "example", "test", "page", "local", "internal",
        "lan",
    ]

    /// Four numbers up to 255.
    private func address(_ start: Int, _ end: Int) -> Bool {
        let groups = text.folded[start..<end].split(separator: 0x2e, omittingEmptySubsequences: false)
        guard groups.count == 4 else { return false }
        return groups.allSatisfy { group in
            (1...3).contains(group.count) && group.allSatisfy { (0x30...0x39).contains($0) }
                && group.reduce(0) { $0 * 10 + Int($1 & 15) } <= 255
        }
    }

    /// Called at a colon: IPv6 (seven colons, or a double one) or a MAC address (six pairs).
    private mutating func colonAddress(at colon: Int) {
        func isHex(_ index: Int) -> Bool {
            guard index >= 0, index < text.count else { return false }
            let scalar = text.folded[index]
            return (0x30...0x39).contains(scalar) || (0x61...0x66).contains(scalar) || scalar == 0x3a
        }
        guard !taken[colon] else { return }
        var start = colon
        while start > 0, colon - start < 40, isHex(start - 1) { start -= 1 }
        var end = colon + 1
        while end < text.count, end - colon < 40, isHex(end) { end += 1 }
        if start > 0, text.kinds[start - 1].isAlphanumeric { return }
        if end < text.count, text.kinds[end].isAlphanumeric { return }
        let groups = text.folded[start..<end].split(separator: 0x3a, omittingEmptySubsequences: false)
        guard groups.allSatisfy({ $0.count <= 4 }) else { return }
        if groups.count == 6, groups.allSatisfy({ $0.count == 2 }) {
            add(start, end, .device, 0.9, .hardwareAddress, take: true)
        } else if groups.count == 8, groups.allSatisfy({ !$0.isEmpty }) {
            add(start, end, .ipAddress, 0.95, .ipAddress, take: true)
        } else if groups.count >= 4, groups.dropFirst().dropLast().filter(\.isEmpty).count == 1 {
            add(start, end, .ipAddress, 0.9, .ipAddress, take: true)
        }
    }
}
