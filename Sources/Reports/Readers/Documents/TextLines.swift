extension String {
    /// Without white space at the ends of lines and line breaks around the text. Indentation stays.
    ///
    /// - Parameter marks: ASCII bytes that are dropped at the ends of lines as well.
    func trimmingLines(marks: [UInt8] = []) -> String {
        var result: [UInt8] = []
        result.reserveCapacity(utf8.count)
        var kept = 0
        for byte in utf8 {
            if byte == 10 {
                result.removeSubrange(kept...)
                if !result.isEmpty { result.append(10) }
                kept = result.count
            } else {
                result.append(byte)
                if byte != 32, byte != 9, byte != 13, !marks.contains(byte) { kept = result.count }
            }
        }
        result.removeSubrange(kept...)
        while let last = result.last, last == 10 || last == 32 { result.removeLast() }
        return String(decoding: result, as: UTF8.self)
    }

    /// Without line breaks before and after, and spaces after; the indentation of the first line stays.
    var trimmingLineBreaks: String {
        let bytes = utf8
        guard let end = bytes.lastIndex(where: { $0 != 10 && $0 != 32 }) else { return "" }
        var start = bytes.startIndex
        while start < end, bytes[start] == 10 { start = bytes.index(after: start) }
        return String(self[start...end])
    }
}
