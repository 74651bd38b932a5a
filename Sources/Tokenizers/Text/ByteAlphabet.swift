/// The printable stand-ins for all 256 bytes in which byte-level vocabularies are written (Radford et al. 2019).
///
/// Printable Latin-1 characters stand for themselves; the other 68 bytes, in order, are U+0100, U+0101, …
enum ByteAlphabet {
    static let scalars: [Unicode.Scalar] = {
        var next: UInt32 = 0x100
        return (UInt8.min...UInt8.max).map { byte in
            if (33...126).contains(byte) || (161...172).contains(byte) || byte >= 174 { return Unicode.Scalar(byte) }
            defer { next += 1 }
            return Unicode.Scalar(next) ?? "?"
        }
    }()

    private static let byteOfScalar: [UInt32: UInt8] = Dictionary(
        uniqueKeysWithValues: scalars.enumerated().map { ($1.value, UInt8($0)) })

    /// The bytes that a vocabulary's spelling stands for, or `nil` if it holds another character.
    static func bytes(of spelling: String) -> [UInt8]? {
        var bytes: [UInt8] = []
        for scalar in spelling.unicodeScalars {
            // The commonest case first: most of a vocabulary is printable ASCII.
            if (33...126).contains(scalar.value) {
                bytes.append(UInt8(scalar.value))
            } else if let byte = byteOfScalar[scalar.value] {
                bytes.append(byte)
            } else {
                return nil
            }
        }
        return bytes
    }
}
