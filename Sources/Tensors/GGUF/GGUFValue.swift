/// A value of a GGUF file's metadata, of the types that are written here.
public enum GGUFValue: Sendable, Equatable {
    case uint32(UInt32)
    case float32(Float)
    case bool(Bool)
    case string(String)
    /// Text of foreign vocabularies need not be UTF-8.
    case strings([[UInt8]])
    case int32s([Int32])
    case float32s([Float])

    /// Type and value as the file has them, little endian.
    func encode(into bytes: inout [UInt8]) {
        switch self {
        case .uint32(let value): Self.append(UInt32(4), value, to: &bytes)
        case .float32(let value): Self.append(UInt32(6), value.bitPattern, to: &bytes)
        case .bool(let value): Self.append(UInt32(7), UInt8(value ? 1 : 0), to: &bytes)
        case .string(let text):
            Self.append(UInt32(8), to: &bytes)
            Self.append(text: Array(text.utf8), to: &bytes)
        case .strings(let texts):
            Self.append(UInt32(9), UInt32(8), to: &bytes)
            Self.append(UInt64(texts.count), to: &bytes)
            for text in texts { Self.append(text: text, to: &bytes) }
        case .int32s(let values):
            Self.append(UInt32(9), UInt32(5), to: &bytes)
            Self.append(UInt64(values.count), to: &bytes)
            for value in values { Self.append(value, to: &bytes) }
        case .float32s(let values):
            Self.append(UInt32(9), UInt32(6), to: &bytes)
            Self.append(UInt64(values.count), to: &bytes)
            for value in values { Self.append(value.bitPattern, to: &bytes) }
        }
    }

    static func append(text: [UInt8], to bytes: inout [UInt8]) {
        append(UInt64(text.count), to: &bytes)
        bytes += text
    }

    static func append<each Number: FixedWidthInteger>(_ numbers: repeat each Number, to bytes: inout [UInt8]) {
        for number in repeat each numbers { withUnsafeBytes(of: number.littleEndian) { bytes += $0 } }
    }
}
