/// The little of UTF-8 that is needed where the bytes are known to be valid.
enum UTF8Form {
    static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xc0 == 0x80 }

    /// How many bytes the sequence has that begins with `leading`.
    static func length(leading: UInt8) -> Int {
        if leading < 0x80 { return 1 }
        if leading < 0xe0 { return 2 }
        return leading < 0xf0 ? 3 : 4
    }

    static func encode(_ scalar: Unicode.Scalar) -> [UInt8] { Array(UTF8.encode(scalar) ?? .init()) }
}
