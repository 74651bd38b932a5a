/// The record's own values that can be found in a text, to see that they still can after a change.
struct KnownValues {
    private let values: [[UInt8]]

    init(_ values: [String], in text: [UInt8]) {
        let folded = Self.folded(text)
        self.values = values.map { Self.folded(Array($0.utf8)) }.filter {
            $0.count >= 3 && Self.contains(folded, $0)
        }
    }

    func areAll(in text: [UInt8]) -> Bool {
        guard !values.isEmpty else { return true }
        let folded = Self.folded(text)
        return values.allSatisfy { Self.contains(folded, $0) }
    }

    /// Runs of white space as one space, ASCII letters small.
    private static func folded(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        for byte in text {
            if byte == 32 || (9...13).contains(byte) {
                if let last = result.last, last != 32 { result.append(32) }
            } else {
                result.append(ASCII.lowercased(byte))
            }
        }
        if result.last == 32 { result.removeLast() }
        return result
    }

    /// Horspool's search: sublinear on ordinary text, and values are short.
    private static func contains(_ text: [UInt8], _ value: [UInt8]) -> Bool {
        let length = value.count
        guard length > 0, text.count >= length else { return false }
        var shifts = [Int](repeating: length, count: 256)
        for (place, byte) in value.dropLast().enumerated() { shifts[Int(byte)] = length - 1 - place }
        var end = length - 1
        while end < text.count {
            if text[(end - length + 1)...end].elementsEqual(value) { return true }
            end += shifts[Int(text[end])]
        }
        return false
    }
}
