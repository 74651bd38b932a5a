internal import CUDAKernels
internal import Testing

/// Which operand lies how: a · bᵀ, a · b, aᵀ · b.
enum Form: Int, CaseIterable {
    case nt, nn, tn

    /// Rows and columns of the memory of a and b.
    func shapes(_ m: Int, _ n: Int, _ k: Int) -> (a: (Int, Int), b: (Int, Int)) {
        switch self {
        case .nt: ((m, k), (n, k))
        case .nn: ((m, k), (k, n))
        case .tn: ((k, m), (k, n))
        }
    }

    func product(
        _ a: [Float], _ b: [Float], _ m: Int, _ n: Int, _ k: Int, alpha: Double, added: [Float]? = nil
    ) -> [Double] {
        var result = [Double](repeating: 0, count: m * n)
        for i in 0..<m {
            for j in 0..<n {
                var sum = 0.0
                for l in 0..<k {
                    let x = self == .tn ? a[l * m + i] : a[i * k + l]
                    let y = self == .nt ? b[j * k + l] : b[l * n + j]
                    sum += Double(x) * Double(y)
                }
                result[i * n + j] = alpha * sum + (added.map { Double($0[i * n + j]) } ?? 0)
            }
        }
        return result
    }
}

struct ProductShape: CustomStringConvertible {
    var m: Int
    var n: Int
    var k: Int
    var description: String { "\(m)x\(n)x\(k)" }

    static let odd = [
        ProductShape(m: 1, n: 1, k: 1), ProductShape(m: 3, n: 130, k: 17), ProductShape(m: 65, n: 5, k: 64),
        ProductShape(m: 70, n: 67, k: 33),
    ]
    static let narrow = [
        ProductShape(m: 1, n: 1, k: 1), ProductShape(m: 131, n: 16, k: 100), ProductShape(m: 40, n: 48, k: 33),
    ]
    static let large = [
        ProductShape(m: 2200, n: 140, k: 3), ProductShape(m: 1, n: 9, k: 1), ProductShape(m: 131, n: 70, k: 100),
        ProductShape(m: 40, n: 150, k: 32),
    ]
}

@Suite("GPU products")
struct ProductTests {
    @Test(
        "float32 products of any shape and row distance are exact to float32", arguments: Form.allCases,
        ProductShape.odd)
    func float32(form: Form, shape: ProductShape) throws {
        let (m, n, k) = (shape.m, shape.n, shape.k)
        let shapes = form.shapes(m, n, k)
        let a = randoms(m * k, 1), b = randoms(n * k, 2), c = randoms(m * n, 3)
        for accumulate in [false, true] {
            let got = try inEveryWay { way in
                let x = try DeviceMatrix(a, rows: shapes.a.0, width: shapes.a.1, stride: shapes.a.1 + 3)
                let y = try DeviceMatrix(b, rows: shapes.b.0, width: shapes.b.1, stride: shapes.b.1 + 1)
                let z = try DeviceMatrix(accumulate ? c : nil, rows: m, width: n, stride: n + 5)
                try launch(
                    "gemm_f32_\(form)", Grid((m + 63) / 64, (n + 63) / 64, threads: 256),
                    [
                        z.argument, z.strideArgument, x.argument, x.strideArgument, y.argument, y.strideArgument,
                        .integer(m), .integer(n), .integer(k), .float(0.5), .integer(accumulate ? 1 : 0),
                    ], as: way)
                #expect(z.gapsAreUntouched)
                return z.dense
            }
            expectClose(
                got, form.product(a, b, m, n, k, alpha: 0.5, added: accumulate ? c : nil), within: 1e-6)
        }
    }

    @Test("a split product is the sum of its parts, in order", arguments: Form.allCases)
    func split(form: Form) throws {
        let (m, n, k, chunk) = (17, 70, 133, 48)
        let shapes = form.shapes(m, n, k)
        let a = randoms(m * k, 1), b = randoms(n * k, 2), c = randoms(m * n, 3)
        let got = try inEveryWay { way in
            let x = try DeviceMatrix(a, rows: shapes.a.0, width: shapes.a.1, stride: shapes.a.1 + 3)
            let y = try DeviceMatrix(b, rows: shapes.b.0, width: shapes.b.1)
            let z = try DeviceMatrix(c, rows: m, width: n, stride: n + 5)
            let partial = try DeviceArray<Float>(count: 3 * m * n)
            try launch(
                "gemm_f32_split", Grid((m + 63) / 64, (n + 63) / 64, 3, threads: 256),
                [
                    .array(partial), x.argument, x.strideArgument, y.argument, y.strideArgument, .integer(m),
                    .integer(n), .integer(k), .integer(chunk), .integer(form.rawValue),
                ], as: way)
            try launch(
                "gemm_split_final", .elements(m * n),
                [z.argument, z.strideArgument, .array(partial), 3, .integer(m), .integer(n), .float(2), 1], as: way)
            #expect(z.gapsAreUntouched)
            return z.dense
        }
        expectClose(got, form.product(a, b, m, n, k, alpha: 2, added: c), within: 1e-6)
    }

    @Test("tensor-core products of bf16 operands are exact to float32", arguments: Form.allCases, ProductShape.large)
    func tensorCores(form: Form, shape: ProductShape) throws {
        let (m, n, k) = (shape.m, shape.n, shape.k)
        let shapes = form.shapes(m, n, k)
        let a = roundedToBFloat16(randoms(m * k, 1)), b = roundedToBFloat16(randoms(n * k, 2)), c = randoms(m * n, 3)
        for accumulate in [false, true] {
            let wanted = form.product(a, b, m, n, k, alpha: 0.5, added: accumulate ? c : nil)
            let got = try inEveryWay { way in
                let x = try BFloat16Matrix(a, rows: shapes.a.0, width: shapes.a.1)
                let y = try BFloat16Matrix(b, rows: shapes.b.0, width: shapes.b.1)
                let z = try DeviceMatrix(accumulate ? c : nil, rows: m, width: n, stride: n + 5)
                try launch(
                    "gemm_\(form)_float32",
                    Grid((m + 127) / 128, (n + 127) / 128, threads: 256, shared: Int(cuda_gemm_shared())),
                    [
                        z.argument, z.strideArgument, .array(x.array), .integer(x.stride), .array(y.array),
                        .integer(y.stride), .integer(m), .integer(n), .integer(k), .float(0.5),
                        .integer(accumulate ? 1 : 0),
                    ], as: way)
                #expect(z.gapsAreUntouched)
                return z.dense
            }
            expectClose(got, wanted, within: 1e-6)
        }
    }

    @Test("products with the narrow factors of adapters", arguments: [Form.nt, .nn], ProductShape.narrow)
    func narrow(form: Form, shape: ProductShape) throws {
        let (m, n, k) = (shape.m, shape.n, shape.k)
        let shapes = form.shapes(m, n, k)
        let a = roundedToBFloat16(randoms(m * k, 1)), b = roundedToBFloat16(randoms(n * k, 2)), c = randoms(m * n, 3)
        let got = try inEveryWay { way in
            let x = try BFloat16Matrix(a, rows: shapes.a.0, width: shapes.a.1)
            let y = try BFloat16Matrix(b, rows: shapes.b.0, width: shapes.b.1)
            let z = try DeviceMatrix(c, rows: m, width: n, stride: n + 5)
            try launch(
                "gemm_narrow_\(form)",
                Grid((m + 127) / 128, (n + 31) / 32, threads: 256, shared: Int(cuda_gemm_narrow_shared())),
                [
                    z.argument, z.strideArgument, .array(x.array), .integer(x.stride), .array(y.array),
                    .integer(y.stride), .integer(m), .integer(n), .integer(k), .float(0.5), 1,
                ], as: way)
            #expect(z.gapsAreUntouched)
            return z.dense
        }
        expectClose(got, form.product(a, b, m, n, k, alpha: 0.5, added: c), within: 1e-6)
    }

    @Test("tensor-core products can write bf16", arguments: Form.allCases)
    func halfOutput(form: Form) throws {
        let (m, n, k) = (33, 20, 40)
        let shapes = form.shapes(m, n, k)
        let a = roundedToBFloat16(randoms(m * k, 1)), b = roundedToBFloat16(randoms(n * k, 2))
        let x = try BFloat16Matrix(a, rows: shapes.a.0, width: shapes.a.1)
        let y = try BFloat16Matrix(b, rows: shapes.b.0, width: shapes.b.1)
        let z = try BFloat16Matrix([Float](repeating: 1, count: m * n), rows: m, width: n)
        try launch(
            "gemm_\(form)_bfloat16", Grid(1, 1, threads: 256, shared: Int(cuda_gemm_shared())),
            [
                .array(z.array), .integer(z.stride), .array(x.array), .integer(x.stride), .array(y.array),
                .integer(y.stride), .integer(m), .integer(n), .integer(k), .float(1), 1,
            ])
        expectClose(
            z.dense, form.product(a, b, m, n, k, alpha: 1, added: [Float](repeating: 1, count: m * n)), within: 3e-3)
    }
}

/// Rows of bf16 whose distance is a multiple of 8; what lies between rows is NaN.
final class BFloat16Matrix {
    let rows: Int
    let width: Int
    let stride: Int
    let array: DeviceArray<UInt16>

    init(_ values: [Float], rows: Int, width: Int) throws {
        self.rows = rows
        self.width = width
        stride = (width + 7) / 8 * 8
        var memory = [UInt16](repeating: 0xffff, count: rows * stride)
        for row in 0..<rows {
            for column in 0..<width { memory[row * stride + column] = bfloat16(values[row * width + column]) }
        }
        array = try DeviceArray(memory)
    }

    var dense: [Float] {
        (0..<rows).flatMap { row in (0..<width).map { float(array.pointer[row * stride + $0]) } }
    }
}
