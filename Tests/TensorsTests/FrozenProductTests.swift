import ConsiliumCore
import Testing

@testable import Tensors

/// Memory of a weight that starts at an odd address, as it may in a mapped file.
final class UnalignedBytes: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    init(_ bytes: [UInt8], offset: Int = 1) {
        pointer = .allocate(byteCount: bytes.count + offset, alignment: 64)
        for (index, byte) in bytes.enumerated() {
            pointer.storeBytes(of: byte, toByteOffset: index + offset, as: UInt8.self)
        }
    }

    deinit { pointer.deallocate() }
}

/// A random weight in every format together with the values that it stands for.
struct FrozenSample {
    let matrix: FrozenMatrix
    let values: [Float]

    init(
        _ format: FrozenMatrix.Format, rows: Int, columns: Int, rounding: FrozenMatrix.Rounding = .none,
        offset: Int = 1
    )
        throws
    {
        let plain = random(rows * columns, "frozen")
        var bytes: [UInt8] = []
        var scales: [Float] = []
        let codebook: [Float] = (0..<16).map { Float($0) / 7.5 - 1 }
        func append(_ bits: UInt32, _ size: Int) {
            for i in 0..<size { bytes.append(UInt8(truncatingIfNeeded: bits >> (8 * i))) }
        }
        switch format {
        case .float32:
            values = plain
            for value in plain { append(value.bitPattern, 4) }
        case .float16:
            // Made by hand: Float16 is missing on some platforms. Fractions of 10 bits between 1 and 2, and subnormal numbers.
            let halves = plain.indices.map { index -> (UInt32, Float) in
                let fraction = UInt32(index * 37 % 1024)
                if index % 5 == 4 { return (0x8000 | fraction, -Float(fraction) / 16_777_216) }
                return (15 << 10 | fraction, 1 + Float(fraction) / 1024)
            }
            values = halves.map(\.1)
            for half in halves { append(half.0, 2) }
        case .bfloat16:
            values = plain.map { Float(bitPattern: $0.bitPattern & 0xffff_0000) }
            for value in values { append(value.bitPattern >> 16, 2) }
        case .int8:
            let rowScales = random(rows, "scales").map { abs($0) / 127 }
            scales = rowScales
            let numbers = plain.map { Int8(($0 * 127).rounded()) }
            values = numbers.enumerated().map {
                Self.rounded(Float($1) * rowScales[$0 / columns], rounding)
            }
            bytes = numbers.map { UInt8(bitPattern: $0) }
        case .nf4:
            let blockScales = random((plain.count + 63) / 64, "scales").map { abs($0) }
            scales = blockScales
            let nibbles = plain.map { UInt8(($0 + 1) * 7.5) }
            values = nibbles.enumerated().map {
                Self.rounded(codebook[Int($1)] * blockScales[$0 / 64], rounding)
            }
            bytes = stride(from: 0, to: nibbles.count, by: 2).map {
                nibbles[$0] << 4 | ($0 + 1 < nibbles.count ? nibbles[$0 + 1] : 0)
            }
        }
        let memory = UnalignedBytes(bytes, offset: offset)
        let scaleMemory = try buffer(scales)
        let codes = try buffer(codebook)
        matrix = FrozenMatrix(
            format: format, rows: rows, columns: columns, data: UnsafeRawPointer(memory.pointer + offset),
            scales: scales.isEmpty ? nil : UnsafePointer(scaleMemory.pointer),
            codebook: format == .nf4 ? UnsafePointer(codes.pointer) : nil, rounding: rounding,
            owners: [memory, scaleMemory, codes])
    }

    static func rounded(_ x: Float, _ rounding: FrozenMatrix.Rounding) -> Float {
        switch rounding {
        case .none: return x
        case .bfloat16:
            let unit = x.ulp * 65536
            return (x / unit).rounded(.toNearestOrEven) * unit
        case .float16:
            let unit = max(x.ulp * 8192, 1 / 16_777_216)
            return (x / unit).rounded(.toNearestOrEven) * unit
        }
    }
}

@Suite("Products with frozen weights of every format")
struct FrozenProductTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var rows: Int
        var columns: Int
        var tokens: Int
        var testDescription: String { "[\(rows), \(columns)], \(tokens) tokens" }
    }

    static let cases = [
        (1, 1, 1), (3, 5, 2), (17, 33, 1), (64, 64, 1), (65, 130, 3), (40, 64, 4), (33, 100, 5),
        (130, 96, 37), (7, 1000, 1),
        (1000, 7, 9), (9, 63, 0),
    ].map { Case(rows: $0.0, columns: $0.1, tokens: $0.2) }

    @Test("forward and backward", arguments: cases, FrozenMatrix.Format.allCases)
    func products(given: Case, format: FrozenMatrix.Format) throws {
        let (rows, columns, m) = (given.rows, given.columns, given.tokens)
        for (offset, backend) in [(0, backend), (1, backend), (1, CPUBackend(usesLibrary: true))] {
            let sample = try FrozenSample(format, rows: rows, columns: columns, offset: offset)
            let (xStride, yStride) = (columns + 3, rows + 2)
            let x = random(m * xStride, "x")
            let y = random(m * yStride, "y")
            let (xBuffer, yBuffer) = (try buffer(x), try buffer(y))
            let forward = ReferenceLayers.product(
                m, rows, columns, { x[$0 * xStride + $1] }, { sample.values[$1 * columns + $0] })
            let backward = ReferenceLayers.product(
                m, columns, rows, { y[$0 * yStride + $1] }, { sample.values[$0 * columns + $1] })
            for accumulate in [false, true] {
                let found = try buffer(y)
                backend.multiplyTransposed(
                    found.matrix(columns: yStride), xBuffer.matrix(columns: xStride), frozen: sample.matrix,
                    rows: m,
                    accumulate: accumulate)
                var expected = double(y)
                for i in 0..<m {
                    for j in 0..<rows {
                        expected[i * yStride + j] =
                            forward[i * rows + j] + (accumulate ? expected[i * yStride + j] : 0)
                    }
                }
                expectClose(found.values(), expected, 2e-5)

                let gradient = try buffer(x)
                backend.multiply(
                    gradient.matrix(columns: xStride), yBuffer.matrix(columns: yStride),
                    frozen: sample.matrix,
                    rows: m, accumulate: accumulate)
                expected = double(x)
                for i in 0..<m {
                    for j in 0..<columns {
                        expected[i * xStride + j] =
                            backward[i * columns + j] + (accumulate ? expected[i * xStride + j] : 0)
                    }
                }
                expectClose(gradient.values(), expected, 2e-5)
            }
        }
    }

    @Test(
        "rows of an embedding, to the last bit", arguments: FrozenMatrix.Format.allCases, [5, 64, 97])
    func gather(format: FrozenMatrix.Format, columns: Int) throws {
        let sample = try FrozenSample(format, rows: 11, columns: columns)
        let rows: [Int32] = [10, 0, 3, 3]
        for factor in [1, 0.5] as [Float] {
            var y = [Float](repeating: 9, count: rows.count * columns)
            backend.gatherRows(&y, frozen: sample.matrix, rows: rows, factor: factor)
            #expect(
                y
                    == rows.flatMap { row in
                        sample.values[Int(row) * columns..<Int(row + 1) * columns].map { $0 * factor }
                    })
        }
    }

    @Test(
        "weights are rounded as bitsandbytes rounds them", arguments: [FrozenMatrix.Format.int8, .nf4],
        [FrozenMatrix.Rounding.bfloat16, .float16])
    func rounding(format: FrozenMatrix.Format, rounding: FrozenMatrix.Rounding) throws {
        let sample = try FrozenSample(format, rows: 40, columns: 75, rounding: rounding)
        var y = [Float](repeating: 9, count: sample.values.count)
        backend.gatherRows(&y, frozen: sample.matrix, rows: (0..<40).map { Int32($0) }, factor: 1)
        #expect(y == sample.values)
        // A single row takes another path than many.
        for m in [1, 6] {
            let x = random(m * 75, "x")
            let input = try buffer(x)
            let found = try TensorBuffer(count: m * 40, backend: backend)
            backend.multiplyTransposed(
                found.matrix(columns: 40), input.matrix(columns: 75), frozen: sample.matrix,
                rows: m,
                accumulate: false)
            expectClose(
                found.values(),
                ReferenceLayers.product(m, 40, 75, { x[$0 * 75 + $1] }, { sample.values[$1 * 75 + $0] }),
                2e-6)
        }
    }

    @Test("a NaN in a scale stays visible", arguments: [FrozenMatrix.Format.int8, .nf4], [1, 7])
    func broken(format: FrozenMatrix.Format, m: Int) throws {
        let sample = try FrozenSample(format, rows: 6, columns: 64)
        guard let scales = sample.matrix.scales else { return }
        UnsafeMutablePointer(mutating: scales)[2] = .nan
        let x = try buffer(random(m * 64, "x"))
        let found = try TensorBuffer(count: m * 6, backend: backend)
        backend.multiplyTransposed(
            found.matrix(columns: 6), x.matrix(columns: 64),
            frozen: sample.matrix, rows: m,
            accumulate: false)
        #expect(found.values().enumerated().allSatisfy { $1.isNaN == ($0 % 6 == 2) })
    }
}
