internal import Foundation

/// The fields of one protocol buffers message, one after the other (wire format of protobuf.dev/programming-guides/encoding).
struct ProtobufReader {
    enum Value {
        case number(UInt64)
        case bits32(UInt32)
        case bits64(UInt64)
        case bytes(Data)
    }

    private let data: Data
    private var index: Data.Index
    private let failure: TokenizersError

    /// - Parameter failure: thrown when the message is truncated or has a field of an unknown form.
    init(_ data: Data, failure: TokenizersError) {
        self.data = data
        index = data.startIndex
        self.failure = failure
    }

    /// - Returns: the next field's number and value; `nil` at the end.
    mutating func next() throws -> (field: UInt64, value: Value)? {
        guard index < data.endIndex else { return nil }
        let tag = try varint()
        switch tag & 7 {
        case 0: return (tag >> 3, .number(try varint()))
        case 1: return (tag >> 3, .bits64(try take(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }))
        case 2:
            guard let length = Int(exactly: try varint()) else { throw failure }
            return (tag >> 3, .bytes(try take(length)))
        case 5: return (tag >> 3, .bits32(try take(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }))
        default: throw failure
        }
    }

    private mutating func varint() throws -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard index < data.endIndex else { throw failure }
            let byte = data[index]
            index += 1
            value |= UInt64(byte & 0x7f) << shift
            if byte < 0x80 { return value }
        }
        throw failure
    }

    private mutating func take(_ count: Int) throws -> Data {
        guard count >= 0, count <= data.endIndex - index else { throw failure }
        defer { index += count }
        return data[index..<index + count]
    }
}
