/// Escape sequences of HL7 v2 (chapter 2, §2.7), without the escape characters around them.
enum HL7Escape {
    /// - Returns: `nil` if this is not an escape sequence.
    static func resolve(_ sequence: ArraySlice<UInt8>, _ delimiters: HL7Delimiters) -> [UInt8]? {
        guard let first = sequence.first else { return nil }
        if sequence.count == 1 {
            switch first {
            case UInt8(ascii: "F"): return [delimiters.field]
            case UInt8(ascii: "S"): return [delimiters.component]
            case UInt8(ascii: "T"): return [delimiters.subcomponent]
            case UInt8(ascii: "R"): return [delimiters.repetition]
            case UInt8(ascii: "E"): return [delimiters.escape]
            // Highlighting on and off.
            case UInt8(ascii: "H"), UInt8(ascii: "N"): return []
            default: return nil
            }
        }
        if first == UInt8(ascii: "X") { return hexadecimal(sequence.dropFirst()) }
        if first == UInt8(ascii: ".") { return formatting(String(decoding: sequence.dropFirst(), as: UTF8.self)) }
        return nil
    }

    private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        guard digits.count.isMultiple(of: 2), !digits.isEmpty else { return nil }
        var bytes: [UInt8] = []
        var high: UInt8?
        for digit in digits {
            guard let value = Character(Unicode.Scalar(digit)).hexDigitValue.map(UInt8.init) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        return bytes
    }

    private static func formatting(_ command: String) -> [UInt8]? {
        let parts = command.split(separator: " ")
        let name = parts.first.map { String($0.prefix(2)).lowercased() } ?? ""
        switch name {
        case "br": return [10]
        case "sp":
            let digits = parts.count > 1 ? String(parts[1]) : String(command.dropFirst(2))
            let count = Int(digits.trimmingPrefix("+")) ?? 1
            return [UInt8](repeating: 10, count: min(max(count, 1), 100))
        case "ce": return [10]
        case "in", "ti", "sk", "fi", "nf": return name == "sk" ? [32] : []
        default: return nil
        }
    }
}
