/// Decodes HTML entities that end with a semicolon, nested ones too, in one pass.
enum EntityDecoder {
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
        return HTMLEntities.scalar(of: String(decoding: body, as: UTF8.self)).map { (start, $0) }
    }
}
