internal import ConsiliumCore
internal import Foundation

/// The fields of a form, as browsers send them (`application/x-www-form-urlencoded`).
struct FormFields: Sendable {
    private let values: [String: String]

    /// What can't be read is left out; the first of several fields with one name counts.
    init(_ body: Data) {
        var values: [String: String] = [:]
        for pair in body.split(separator: UInt8(ascii: "&")).prefix(64) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decode(parts[0]), let value = Self.decode(parts.count > 1 ? parts[1] : Data()) else {
                continue
            }
            if values[name] == nil { values[name] = value }
        }
        self.values = values
    }

    subscript(name: String) -> String { values[name] ?? "" }

    private static func decode(_ bytes: Data) -> String? {
        var result: [UInt8] = []
        var rest = bytes[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): result.append(0x20)
            case UInt8(ascii: "%"):
                guard rest.count >= 2, let decoded = Data(hexadecimal: String(decoding: rest.prefix(2), as: UTF8.self))
                else { return nil }
                result += decoded
                rest = rest.dropFirst(2)
            default: result.append(byte)
            }
        }
        // Browsers send the ends of lines as CR LF, whatever was typed; a script sends them as they are.
        return String(validating: result, as: UTF8.self)?.replacingOccurrences(of: "\r\n", with: "\n")
    }
}
