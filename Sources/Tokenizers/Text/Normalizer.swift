internal import Foundation

/// Rewriting of text before it is cut.
enum Normalizer: Sendable, Equatable {
    case composed
    case decomposed
    case compatibilityComposed
    case compatibilityDecomposed
    case lowercase
    case stripAccents
    case stripSpaces(left: Bool, right: Bool)
    case prepend([UInt8])
    /// Every occurrence, from left to right.
    case replace([UInt8], with: [UInt8])
    /// Words with single blanks between them: see ``MosesTokenizer``.
    case moses
    case bert(cleans: Bool, padsIdeographs: Bool, stripsAccents: Bool, lowercases: Bool)

    /// - Parameters:
    ///   - bytes: valid UTF-8.
    func apply(to bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .moses: return Array(MosesTokenizer.tokenize(String(decoding: bytes, as: UTF8.self)).utf8)
        case .prepend(let prefix): return bytes.isEmpty ? [] : prefix + bytes
        case .replace(let old, let new): return Self.replace(old, with: new, in: bytes)
        case .composed, .decomposed, .compatibilityComposed, .compatibilityDecomposed, .stripAccents:
            // None of these changes ASCII.
            if bytes.allSatisfy({ $0 < 0x80 }) { return bytes }
            let text = String(decoding: bytes, as: UTF8.self)
            return Array(onText(text).utf8)
        case .lowercase, .bert:
            if bytes.allSatisfy({ $0 < 0x80 }) { return onASCII(bytes) }
            return Array(onText(String(decoding: bytes, as: UTF8.self)).utf8)
        case .stripSpaces:
            return Array(onText(String(decoding: bytes, as: UTF8.self)).utf8)
        }
    }

    /// What ``onText(_:)`` does, where it is simple: most of every report is ASCII.
    private func onASCII(_ bytes: [UInt8]) -> [UInt8] {
        let (cleans, lowercases) =
            switch self {
            case .bert(let cleans, _, _, let lowercases): (cleans, lowercases)
            default: (false, true)
            }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes {
            if cleans, byte < 0x20 || byte == 0x7f {
                if byte == 9 || byte == 10 || byte == 13 { result.append(0x20) }
            } else {
                result.append(lowercases && (65...90).contains(byte) ? byte + 32 : byte)
            }
        }
        return result
    }

    private func onText(_ text: String) -> String {
        switch self {
        // Foundation leaves some sequences that are composed already as they are (a Hangul syllable and its final), and some
        // marks of one decomposition out of order: a second pass finds them.
        case .composed: return text.decomposedStringWithCanonicalMapping.precomposedStringWithCanonicalMapping
        case .decomposed: return text.decomposedStringWithCanonicalMapping.decomposedStringWithCanonicalMapping
        case .compatibilityComposed:
            return text.decomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping
        case .compatibilityDecomposed:
            return text.decomposedStringWithCompatibilityMapping.decomposedStringWithCanonicalMapping
        case .lowercase: return Self.lowercase(text)
        case .stripAccents: return Self.filter(text) { !Self.isNonspacingMark($0) }
        case .stripSpaces(let left, let right):
            var scalars = text.unicodeScalars[...]
            if left { scalars = scalars.drop(while: \.properties.isWhitespace) }
            while right, let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
            return String(scalars)
        case .bert(let cleans, let padsIdeographs, let stripsAccents, let lowercases):
            var text = text
            if cleans { text = Self.clean(text) }
            if padsIdeographs { text = Self.padIdeographs(text) }
            if stripsAccents {
                text = Self.filter(text.decomposedStringWithCanonicalMapping) { !Self.isNonspacingMark($0) }
            }
            return lowercases ? Self.lowercase(text) : text
        case .prepend, .replace, .moses: return text
        }
    }

    private static func filter(_ text: String, _ keep: (Unicode.Scalar) -> Bool) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter(keep)))
    }

    private static func isNonspacingMark(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value >= 0x300 && scalar.properties.generalCategory == .nonspacingMark
    }

    /// Scalar by scalar, without the rules that look at neighbors (the Greek final sigma), as the models were trained.
    private static func lowercase(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars { result += scalar.properties.lowercaseMapping }
        return result
    }

    /// Drops control characters and U+FFFD, makes every white space a blank.
    private static func clean(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar == "\t" || scalar == "\n" || scalar == "\r" {
                result.append(" ")
                continue
            }
            if scalar.value == 0 || scalar.value == 0xfffd { continue }
            switch scalar.properties.generalCategory {
            case .control, .format, .privateUse: continue
            default: result.append(scalar.properties.isWhitespace ? " " : scalar)
            }
        }
        return String(result)
    }

    private static func padIdeographs(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x4e00...0x9fff, 0x3400...0x4dbf, 0x20000...0x2a6df, 0x2a700...0x2b73f, 0x2b740...0x2b81f,
                0x2b920...0x2ceaf, 0xf900...0xfaff, 0x2f800...0x2fa1f:
                result.append(contentsOf: [" ", scalar, " "])
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    private static func replace(_ old: [UInt8], with new: [UInt8], in bytes: [UInt8]) -> [UInt8] {
        guard let first = old.first, old.count <= bytes.count else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 4)
        var index = 0
        while index < bytes.count {
            if bytes[index] == first, index + old.count <= bytes.count,
                old.count == 1 || bytes[index..<index + old.count].elementsEqual(old)
            {
                result.append(contentsOf: new)
                index += old.count
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result
    }
}
