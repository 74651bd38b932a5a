import ConsiliumCore
import Foundation
import Tensors
import Testing

@Suite("Frozen matrices")
struct FrozenMatrixTests {
    @Test("a matrix takes the memory of its format and its scales", arguments: FrozenMatrix.Format.allCases)
    func memory(format: FrozenMatrix.Format) throws {
        let matrix = try FrozenMatrix.random(format: format, rows: 3, columns: 128, key: 1, bound: 1)
        let expected = [FrozenMatrix.Format.float32: 1536, .float16: 768, .bfloat16: 768, .int8: 396, .nf4: 216]
        #expect(matrix.bytes == expected[format])
        #expect(matrix.count == 384)
    }

    @Test("rows are the same read one by one and all at once", arguments: FrozenMatrix.Format.allCases)
    func rows(format: FrozenMatrix.Format) throws {
        let matrix = try FrozenMatrix.random(format: format, rows: 5, columns: 192, key: 2, bound: 3)
        let all = matrix.floats()
        for row in 0..<5 {
            var values = [Float](repeating: .nan, count: 192)
            matrix.read(rows: row..<row + 1, into: &values)
            #expect(values == Array(all[row * 192..<row * 192 + 192]))
        }
        // Rows beyond the matrix are left alone.
        var untouched = [Float](repeating: 7, count: 192)
        matrix.read(rows: 5..<6, into: &untouched)
        #expect(untouched == [Float](repeating: 7, count: 192))
    }

    @Test("conversion in panels gives what conversion at once gives", arguments: FrozenMatrix.Format.allCases)
    func panels(format: FrozenMatrix.Format) throws {
        // More than one panel, and a last one that is shorter.
        let (rows, columns) = (700, 1024)
        let source = try FrozenMatrix.random(format: .float32, rows: rows, columns: columns, key: 3, bound: 0.1)
        let values = source.floats()
        let writer = try FrozenMatrixWriter(format: format, rows: rows, columns: columns)
        writer.write(values, rows: 0..<rows)
        #expect(try source.converted(to: format).floats() == writer.finish().floats())
    }

    @Test("random weights depend on their key alone and stay within their bound")
    func random() throws {
        let first = try FrozenMatrix.random(format: .float32, rows: 600, columns: 1000, key: 9, bound: 0.25).floats()
        let again = try FrozenMatrix.random(format: .float32, rows: 600, columns: 1000, key: 9, bound: 0.25).floats()
        let other = try FrozenMatrix.random(format: .float32, rows: 600, columns: 1000, key: 10, bound: 0.25).floats()
        #expect(first == again)
        #expect(zip(first, other).count { $0 == $1 } < 100)
        #expect(first.allSatisfy { $0 >= -0.25 && $0 < 0.25 })
        let mean = first.reduce(0.0) { $0 + Double($1) } / 600_000
        let variance = first.reduce(0.0) { $0 + Double($1 * $1) } / 600_000
        #expect(abs(mean) < 0.001)
        #expect(abs(variance - 0.0625 / 3) < 0.0005)
        // The position counts, not where a panel starts.
        var part = [Float](repeating: 0, count: 50)
        UniformNumbers.fill(&part, count: 50, key: 9, first: 12_345, bound: 0.25)
        #expect(part == Array(first[12_345..<12_395]))
    }

    @Test("NF4 refuses rows that don't end with a block, and every format an empty matrix")
    func refused() {
        #expect(throws: TensorsError(.wrongShape, "")) {
            try FrozenMatrixWriter(format: .nf4, rows: 64, columns: 100)
        }
        for format in FrozenMatrix.Format.allCases {
            #expect(throws: TensorsError(.wrongShape, "")) {
                try FrozenMatrixWriter(format: format, rows: 0, columns: 64)
            }
            #expect(throws: TensorsError(.wrongShape, "")) {
                try FrozenMatrixWriter(format: format, rows: .max, columns: 64)
            }
        }
    }

    struct Poison: Sendable, CustomTestStringConvertible {
        let format: FrozenMatrix.Format
        let value: Float
        var testDescription: String { "\(value) in \(format.rawValue)" }
    }

    @Test(
        "NaN and infinity are found wherever they are",
        arguments: [FrozenMatrix.Format.float32, .float16, .bfloat16].flatMap { format in
            [Float.nan, .infinity, -.infinity].map { Poison(format: format, value: $0) }
        })
    func finite(poison: Poison) throws {
        for position in [0, 1, 130, 383] {
            var values = [Float](repeating: 1, count: 384)
            #expect(try FrozenFormatTests.matrix(values, rows: 3, format: poison.format).isFinite)
            values[position] = poison.value
            #expect(try !FrozenFormatTests.matrix(values, rows: 3, format: poison.format).isFinite)
        }
    }

    @Test("a scale that is not finite, or too large for the rounding, is found")
    func scales() throws {
        let bytes = [UInt8](repeating: 0, count: 64)
        func isFinite(_ scale: Float, _ rounding: FrozenMatrix.Rounding) -> Bool {
            bytes.withUnsafeBytes { bytes in
                [1, scale].withUnsafeBufferPointer { scales in
                    NormalFloat.codebook.withUnsafeBufferPointer { codebook in
                        guard let data = bytes.baseAddress else { return false }
                        return FrozenMatrix(
                            format: .nf4, rows: 2, columns: 64, data: data, scales: scales.baseAddress,
                            codebook: codebook.baseAddress, rounding: rounding, owners: []
                        ).isFinite
                    }
                }
            }
        }
        #expect(isFinite(70_000, .bfloat16))
        #expect(!isFinite(70_000, .float16))
        #expect(isFinite(65_000, .float16))
        #expect(!isFinite(.nan, .none))
        #expect(!isFinite(.infinity, .none))
    }

    @Test("a transpose puts every element in its place", arguments: [(1, 1), (3, 200), (70, 33), (64, 64)])
    func transpose(shape: (Int, Int)) {
        let (rows, columns) = shape
        let values = (0..<rows * columns).map(Float.init)
        for range in [0..<columns, columns / 2..<columns] {
            var turned = [Float](repeating: -1, count: range.count * rows)
            DenseMatrix.transpose(values, rows: rows, columns: columns, range: range, into: &turned)
            for column in range {
                for row in 0..<rows {
                    #expect(turned[(column - range.lowerBound) * rows + row] == values[row * columns + column])
                }
            }
        }
    }
}
