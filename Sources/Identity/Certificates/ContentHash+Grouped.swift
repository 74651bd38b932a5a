public import ConsiliumCore

extension ContentHash {
    /// The 64 digits in 16 groups of four, for two people who compare a fingerprint over the telephone.
    public var grouped: String {
        let digits = Array(hex)
        return stride(from: 0, to: digits.count, by: 4).map { String(digits[$0..<min($0 + 4, digits.count)]) }
            .joined(separator: " ")
    }

    /// Reads what ``grouped`` shows; spaces and colons between the digits don't matter.
    /// - Throws: `CoreError` `.malformedHash`.
    public init(grouped text: String) throws {
        try self.init(hex: text.filter { !$0.isWhitespace && $0 != ":" })
    }
}
