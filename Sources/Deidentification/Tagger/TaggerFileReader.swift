internal import ConsiliumCore
internal import Foundation

/// Reads the values of a tagger's file one after the other and refuses what can't be right.
struct TaggerFileReader {
    static let damaged = DeidentificationError(
        .invalidTagger, "The tagger file is damaged. Copy it again, or train it again with this program.")

    private let bytes: [UInt8]
    private let end: Int
    private var position = 0

    init(_ data: Data) {
        bytes = [UInt8](data)
        end = bytes.count - 32
    }

    /// Bytes without a hash behind them.
    init(unsealed data: Data) {
        bytes = [UInt8](data)
        end = bytes.count
    }

    /// Bytes before the hash that have not been read.
    var remaining: Int { end - position }

    mutating func check(_ magic: [UInt8]) throws {
        guard bytes.count <= TaggerModel.maximumBytes else {
            throw DeidentificationError(
                .invalidTagger, "The file has more than \(TaggerModel.maximumBytes >> 20) MiB and is no tagger file.")
        }
        guard remaining >= magic.count, bytes.starts(with: magic) else {
            throw DeidentificationError(
                .invalidTagger, "This is no tagger file. Name a file that “tagger train” has written.")
        }
        position = magic.count
    }

    func checkHash() throws {
        guard ContentHash(of: Data(bytes[..<end])).bytes == Data(bytes[end...]) else { throw Self.damaged }
    }

    mutating func integer<Value: FixedWidthInteger>(_: Value.Type) throws -> Value {
        let size = MemoryLayout<Value>.size
        guard remaining >= size else { throw Self.damaged }
        var value: Value = 0
        for offset in 0..<size { value |= Value(truncatingIfNeeded: bytes[position + offset]) << Value(8 * offset) }
        position += size
        return value
    }

    mutating func number(_ range: ClosedRange<Float>) throws -> Float {
        let value = Float(bitPattern: try integer(UInt32.self))
        guard value.isFinite, range.contains(value) else { throw Self.damaged }
        return value
    }

    /// `nil` if it is absent.
    mutating func threshold() throws -> Double? {
        let value = try number(-1...1)
        return value < 0 ? nil : Double(value)
    }

    mutating func text() throws -> String {
        let count = Int(try integer(UInt8.self))
        guard remaining >= count, let text = String(validating: bytes[position..<position + count], as: UTF8.self)
        else {
            throw Self.damaged
        }
        position += count
        return text
    }

    mutating func bytes(_ count: Int) throws -> ArraySlice<UInt8> {
        guard count >= 0, remaining >= count else { throw Self.damaged }
        position += count
        return bytes[position - count..<position]
    }

    /// LEB128.
    mutating func variable() throws -> UInt32 {
        var value: UInt32 = 0
        for shift in stride(from: UInt32(0), through: 28, by: 7) {
            let byte = try integer(UInt8.self)
            value |= UInt32(byte & 0x7f) << shift
            if byte < 0x80 { return value }
        }
        throw Self.damaged
    }

    /// A UInt32 count and so many numbers, each above the one before, as LEB128 differences.
    mutating func ascending(atMost most: Int) throws -> [UInt32] {
        let count = Int(try integer(UInt32.self))
        guard count <= min(most, remaining) else { throw Self.damaged }
        var values: [UInt32] = []
        values.reserveCapacity(count)
        for index in 0..<count {
            let difference = try variable()
            let (value, overflow) = (values.last ?? 0).addingReportingOverflow(difference)
            guard !overflow, index == 0 || difference > 0 else { throw Self.damaged }
            values.append(value)
        }
        return values
    }

    /// `[rows, stride]`
    mutating func weights(rows: Int, labels: ChainLabels) throws -> [Int8] {
        guard remaining >= rows * labels.count else { throw Self.damaged }
        var weights = [Int8](repeating: 0, count: max(1, rows) * labels.stride)
        for row in 0..<rows {
            for label in 0..<labels.count {
                weights[row * labels.stride + label] = Int8(bitPattern: bytes[position + row * labels.count + label])
            }
        }
        position += rows * labels.count
        return weights
    }
}
