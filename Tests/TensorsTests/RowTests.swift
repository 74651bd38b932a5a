import Foundation
import Tensors
import Testing

@Suite("Rows and vectors")
struct RowTests {
    @Test(
        "rotation of the first part of each head, and its inverse",
        arguments: [(6, 6), (7, 4), (2, 2), (64, 64), (80, 32)])
    func rotary(size: (head: Int, rotary: Int)) throws {
        let heads = 3
        let positions: [Int32] = [0, 1, 2, 0, 7]
        let frequencies = (0..<size.rotary / 2).map {
            pow(100.0, -2 * Double($0) / Double(size.rotary))
        }
        let angles = (0..<8).flatMap { position in frequencies.map { Double(position) * $0 } }
        let x = random(positions.count * heads * size.head, "x")
        let y = try buffer(x)
        func rotate(inverse: Bool) {
            backend.rotary(
                y.matrix(columns: heads * size.head), cosine: angles.map { Float(cos($0)) },
                sine: angles.map { Float(sin($0)) }, positions: positions, heads: heads,
                headSize: size.head,
                rotarySize: size.rotary, inverse: inverse)
        }
        rotate(inverse: false)
        let expected = ReferenceLayers.rotary(
            double(x), positions: positions, heads: heads, headSize: size.head, rotarySize: size.rotary,
            theta: 100)
        expectClose(y.values(), expected, 1e-6)
        rotate(inverse: true)
        expectClose(y.values(), double(x), 1e-6)
    }

    @Test("sums", arguments: [0, 1, 7, 8, 100, 5000])
    func sums(count: Int) {
        let a = random(count, "a")
        let b = random(count, "b")
        let expected = zip(a, b).map { $0 + $1 }
        var y = a
        backend.add(&y, b, count: count)
        #expect(y == expected)
        y = [Float](repeating: 3, count: count)
        backend.sum(&y, a, b, count: count)
        #expect(y == expected)
        y = b
        y.withUnsafeMutableBufferPointer { y in
            guard let base = y.baseAddress else { return }
            backend.sum(base, a, base, count: count)
        }
        #expect(y == expected)
    }

    @Test(
        "a bias is added to each row, and its gradient is the sum of the rows",
        arguments: [(1, 1), (5, 9), (300, 70)])
    func bias(size: (rows: Int, width: Int)) throws {
        let (rows, width) = size
        let stride = width + 2
        let y = try buffer([Float](repeating: 1, count: rows * stride))
        let bias = random(width, "bias")
        backend.addBias(y.matrix(columns: stride), bias, rows: rows, width: width)
        for row in 0..<rows {
            #expect(Array(y.values()[row * stride..<(row + 1) * stride]) == bias.map { $0 + 1 } + [1, 1])
        }
        let x = random(rows * stride, "x")
        let xBuffer = try buffer(x)
        let sums = try buffer([Float](repeating: 2, count: width))
        backend.addColumnSums(
            sums.pointer, xBuffer.matrix(columns: stride), rows: rows, width: width)
        expectClose(
            sums.values(),
            (0..<width).map { i in (0..<rows).reduce(2.0) { $0 + Double(x[$1 * stride + i]) } }, 1e-5)
    }

    @Test("rows are gathered, scattered and added up", arguments: [1, 8, 33])
    func rows(width: Int) {
        let x = random(6 * width, "x")
        let rows: [Int32] = [4, 0, 5]
        func row(_ values: [Float], _ index: Int32) -> [Float] {
            Array(values[Int(index) * width..<Int(index + 1) * width])
        }
        var gathered = [Float](repeating: 0, count: 3 * width)
        backend.gatherRows(&gathered, x, rows: rows, width: width)
        #expect(gathered == rows.flatMap { row(x, $0) })
        backend.gatherScaledRows(&gathered, x, rows: rows, factors: [2, -1, 0.5], width: width)
        #expect(gathered == row(x, 4).map { $0 * 2 } + row(x, 0).map { -$0 } + row(x, 5).map { $0 / 2 })
        var scattered = [Float](repeating: 7, count: 6 * width)
        backend.scatterRows(&scattered, x, rows: rows, width: width)
        #expect(
            row(scattered, 4) == row(x, 0) && row(scattered, 0) == row(x, 1)
                && row(scattered, 5) == row(x, 2))
        #expect(row(scattered, 1).allSatisfy { $0 == 7 })
        var added = [Float](repeating: 1, count: 6 * width)
        backend.scatterAddRows(&added, x, rows: [2, 2, 1], factors: [2, 3, 1], width: width)
        expectClose(
            row(added, 2), zip(row(x, 0), row(x, 1)).map { 1 + 2 * Double($0) + 3 * Double($1) }, 1e-6)
        expectClose(row(added, 1), row(x, 2).map { 1 + Double($0) }, 1e-6)
        #expect(row(added, 3).allSatisfy { $0 == 1 })
        backend.scatterAddRows(&added, x, rows: [3], factors: nil, width: width)
        expectClose(row(added, 3), row(x, 0).map { 1 + Double($0) }, 1e-6)
        let products = backend.rowProducts(x, x, rows: [1, 1, 0], width: width)
        expectClose(
            products,
            [(0, 1), (1, 1), (2, 0)].map { a, b in
                zip(row(x, a), row(x, b)).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            },
            1e-6)
    }
}
