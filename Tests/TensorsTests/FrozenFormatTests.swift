import CKernels
import ConsiliumCore
import Foundation
import Tensors
import Testing

@Suite("Formats of frozen weights")
struct FrozenFormatTests {
    /// Normally distributed numbers, by twelve uniform ones each.
    static func normal(_ count: Int, seed: UInt64 = 1) -> [Float] {
        var generator = ReproducibleGenerator(seed: seed)
        return (0..<count).map { _ in Float((0..<12).reduce(-6.0) { sum, _ in sum + generator.unit() }) }
    }

    static func matrix(_ values: [Float], rows: Int, format: FrozenMatrix.Format) throws -> FrozenMatrix {
        let writer = try FrozenMatrixWriter(format: format, rows: rows, columns: values.count / rows)
        writer.write(values, rows: 0..<rows)
        return writer.finish()
    }

    // MARK: NF4

    /// Where the normal distribution function takes the value `probability` ≥ 0.5: bisection of erf.
    static func quantile(_ probability: Double) -> Double {
        var (low, high) = (0.0, 10.0)
        for _ in 0..<100 {
            let middle = (low + high) / 2
            if 0.5 * (1 + erf(middle / 2.0.squareRoot())) < probability { low = middle } else { high = middle }
        }
        return low
    }

    @Test("the values of NF4 are quantiles of the normal distribution")
    func codebook() {
        let largest = Self.quantile(0.9677083)
        func steps(_ count: Int) -> [Double] {
            (0..<count).map { Self.quantile(0.9677083 - (0.9677083 - 0.5) * Double($0) / Double(count)) / largest }
        }
        let expected = (steps(8) + [0] + steps(7).map { -$0 }).sorted()
        #expect(NormalFloat.codebook.count == 16)
        for (found, exact) in zip(NormalFloat.codebook, expected) { #expect(abs(Double(found) - exact) < 2e-6) }
    }

    @Test("NF4 takes the nearest value for every element, halfway the lower one")
    func nearest() throws {
        var values = Self.normal(64 * 6)
        // A block of zeros, one of a single number, one of tiny numbers, and exact midpoints.
        for index in 0..<64 { values[index] = 0 }
        for index in 64..<128 { values[index] = index == 100 ? -3 : 0 }
        for index in 128..<192 { values[index] *= 1e-30 }
        let code = NormalFloat.codebook
        for index in 192..<256 {
            values[index] = index == 192 ? 1 : (code[index % 15] + code[index % 15 + 1]) / 2
        }
        let found = try Self.matrix(values, rows: 3, format: .nf4).floats()
        for block in 0..<6 {
            let part = values[block * 64..<block * 64 + 64]
            let scale = part.reduce(0) { max($0, abs($1)) }
            for index in part.indices {
                // The distances are compared in double precision; the values scaled as the format does it.
                let scaled = Double(values[index] * (1 / max(scale, 1e-38)))
                let best = code.map { abs(Double($0) - scaled) }.min() ?? 0
                let taken = scale == 0 ? 0 : Double(found[index] / scale)
                #expect(abs(taken - scaled) <= best + 1e-7)
                if block == 3, index > 192 { #expect(abs(taken - Double(code[index % 15])) < 1e-6) }
            }
        }
    }

    @Test("NF4 of normally distributed weights has a relative error of about 9 percent")
    func errorOfNF4() throws {
        let values = Self.normal(64 * 1024)
        let found = try Self.matrix(values, rows: 64, format: .nf4).floats()
        let error = zip(values, found).reduce(0.0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
        let size = values.reduce(0.0) { $0 + Double($1 * $1) }
        #expect(abs((error / size).squareRoot() - 0.092) < 0.003)
    }

    @Test("double quantization is undone as map[code] · group scale + offset")
    func nested() {
        let map = (0..<256).map { Float($0) / 128 - 1 }
        let codes = (0..<600).map { UInt8(($0 * 37) % 256) }
        let groups: [Float] = [0.5, 2, 0.25]
        let found = NormalFloat.scales(codes: codes, map: map, groupScales: groups, group: 256, offset: 0.125)
        #expect(found == codes.indices.map { map[Int(codes[$0])] * groups[$0 / 256] + 0.125 })
        #expect(NormalFloat.scales(codes: codes, map: map, groupScales: [1, 2], group: 256, offset: 0).isEmpty)
    }

    // MARK: int8

    @Test("int8 rounds to steps of the row's largest absolute value / 127, halfway to even")
    func int8() throws {
        var values = Self.normal(3 * 100, seed: 2)
        for index in 0..<100 { values[index] = Float(index % 5) - 2.5 }
        values[50] = 127
        for index in 100..<200 { values[index] = 0 }
        let found = try Self.matrix(values, rows: 3, format: .int8).floats()
        for row in 0..<3 {
            let part = Array(values[row * 100..<row * 100 + 100])
            let scale = part.reduce(0) { max($0, abs($1)) } / 127
            for (index, value) in part.enumerated() {
                let steps = scale == 0 ? 0 : (value * (127 / (scale * 127))).rounded(.toNearestOrEven)
                #expect(abs(found[row * 100 + index] - steps * scale) <= scale * 1e-6)
            }
        }
    }

    // MARK: 16 bits

    @Test("float32 rounds to float16 as the processor's own type does")
    func float16() {
        var generator = ReproducibleGenerator(seed: 3)
        var values = (0..<65536).map { Float(Float16(bitPattern: UInt16($0))) }
        values += (0..<200_000).map { _ in Float(bitPattern: UInt32(truncatingIfNeeded: generator.next())) }
        // Around every float16, where ties are.
        values += (0..<0x7c00).map { Float(Float16(bitPattern: UInt16($0))) * (1 + 0x1p-11) }
        values += [65519, 65519.996, 65520, 65536, -65520, 0x1p-25, 0x1.000002p-25, 0x1.8p-24, .nan, -0.0]
        var halves = [UInt16](repeating: 0, count: values.count)
        consilium_round_to_float16(&halves, values, values.count)
        var wrong = 0
        for (found, value) in zip(halves, values) {
            let exact = Float16(value)
            if value.isNaN ? !Float16(bitPattern: found).isNaN : found != exact.bitPattern { wrong += 1 }
        }
        #expect(wrong == 0)
    }

    @Test("weights that a 16-bit format holds exactly survive it", arguments: [FrozenMatrix.Format.float16, .bfloat16])
    func exact(format: FrozenMatrix.Format) throws {
        let values: [Float] = [1, -0.5, 0.15625, 96, 0, -0.0, 1.9921875, 0.00048828125]
        #expect(try Self.matrix(values, rows: 2, format: format).floats() == values)
    }
}
