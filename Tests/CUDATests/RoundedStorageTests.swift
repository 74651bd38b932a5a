import CUDAFakes
import Tensors
import Testing

@testable import CUDA

@Suite("Activations in bf16 on the emulated GPU")
struct RoundedStorageTests {
    typealias Pointer = UnsafeMutablePointer<Float>

    @Test("a pointer counts in numbers of two bytes, and floats stay what they are")
    func pointers() throws {
        let backend = try FakeSetup.bfloat16.backend()
        let memory = try TensorBuffer([1, 2, 3, 4, 5, 6, 7.0078125, 8], backend: backend)
        let rounded = backend.activations(at: memory.pointer + 2)
        #expect(rounded.isRounded && !memory.pointer.isRounded)
        #expect((rounded + 5).numbers.value == memory.pointer.numbers.value + 8 + 10)
        #expect((rounded + 5) - rounded == 5)
        [1.5, -2, 1.00390625, 9].withUnsafeBufferPointer { backend.upload($0, to: rounded + 1) }
        var found = [Float](repeating: 0, count: 3)
        found.withUnsafeMutableBufferPointer { backend.download($0, from: rounded + 2) }
        // A tie goes to the even number.
        #expect(found == [-2, 1, 9])
        #expect(Array(memory.values()[..<2]) == [1, 2] && Array(memory.values()[5...]) == [6, 7.0078125, 8])
    }

    @Test("is off where it is not wanted, and for products in float32")
    func configurations() throws {
        for (setup, wants) in [(FakeSetup.bfloat16, false), (.float32, true)] {
            let backend = try setup.backend { $0.roundsActivations = wants }
            let memory = try TensorBuffer(count: 16, backend: backend)
            #expect(!backend.roundsActivations && backend.activations(at: memory.pointer) == memory.pointer)
        }
    }

    // MARK: What is refused

    /// An operation with matrices of a kind that it can't compute with: `f` are floats, `r` is bf16.
    struct Refusal: CustomStringConvertible, Sendable {
        let description: String
        let call: @Sendable (CUDABackend, _ f: Pointer, _ r: Pointer) throws -> Void

        init(_ name: String, _ call: @escaping @Sendable (CUDABackend, Pointer, Pointer) throws -> Void) {
            description = name
            self.call = call
        }
    }

    private static func view(_ pointer: Pointer) -> MatrixView { MatrixView(pointer, stride: 16) }

    private static func norm(_ backend: CUDABackend) throws -> NormWeights {
        NormWeights(
            kind: .rootMeanSquare, weight: try TensorBuffer(count: 16, backend: backend), bias: nil, epsilon: 1e-5)
    }

    private static let shape = AttentionShape(heads: 2, keyValueHeads: 2, headSize: 8, scale: 1)
    private static let spans = [SequenceSpan(start: 0, count: 4)]

    private static func attend(_ backend: CUDABackend, out: Pointer, dOut: Pointer, keys: Pointer, values: Pointer) {
        backend.attentionBackward(
            dQueries: view(keys), dKeys: view(keys), dValues: view(values), dOut: view(dOut), out: view(out),
            logSumExp: out, queries: view(out), keys: view(out), values: view(out), spans: spans, shape: shape)
    }

    static let refusals: [Refusal] = [
        Refusal("copy of bf16 to floats") { $0.copy($1, $2, count: 4) },
        Refusal("copy of floats to bf16") { $0.copy($2, $1, count: 4) },
        Refusal("rows of bf16 to floats") { $0.copyRows(view($1), view($2), rows: 2, width: 8) },
        Refusal("rows of floats to bf16") { $0.copyRows(view($2), view($1), rows: 2, width: 8) },
        Refusal("bf16 added to floats") { $0.add($1, $2, count: 4) },
        Refusal("floats added to bf16") { $0.add($2, $1, count: 4) },
        Refusal("a sum of both") { $0.sum($1, $1 + 8, $2, count: 4) },
        Refusal("a bias in bf16") { $0.addBias(view($1), $2, rows: 2, width: 8) },
        Refusal("sums of columns") { $0.addColumnSums($1, view($2), rows: 2, width: 8) },
        Refusal("picked rows in bf16") { $0.gatherRows($2, $1, rows: [1], width: 8) },
        Refusal("scaled rows") { $0.gatherScaledRows($1, $2, rows: [1], factors: [2], width: 8) },
        Refusal("placed rows from bf16") { $0.scatterRows($1, $2, rows: [1], width: 8) },
        Refusal("added rows from bf16") { $0.scatterAddRows($1, $2, rows: [1], factors: nil, width: 8) },
        Refusal("added rows to bf16") { $0.scatterAddRows($2, $1, rows: [1], factors: [1], width: 8) },
        Refusal("products of rows") { _ = $0.rowProducts($1, $2, rows: [1], width: 8) },
        Refusal("a norm of floats to bf16") {
            $0.normForward(view($2), view($1), try norm($0), statistics: $1, rows: 2, groups: 1, width: 16)
        },
        Refusal("statistics in bf16") {
            $0.normForward(view($1), view($1), try norm($0), statistics: $2, rows: 2, groups: 1, width: 16)
        },
        Refusal("a norm's gradient of both") {
            $0.normBackward(
                view($1), view($2), view($1), try norm($0), statistics: $1, rows: 2, groups: 1, width: 16,
                accumulate: true)
        },
        Refusal("gradients of a norm's weights") {
            $0.normWeightGradient(
                weight: $1, bias: nil, view($2), view($2), statistics: $1, rows: 2, groups: 1, width: 16)
        },
        Refusal("positions' tables in bf16") {
            $0.rotary(
                view($2), cosine: $2, sine: $1, positions: [0, 1], heads: 1, headSize: 8, rotarySize: 8, inverse: false)
        },
        Refusal("attention with log-sums in bf16") {
            $0.attentionForward(
                view($2), logSumExp: $2, queries: view($2), keys: view($2), values: view($2), spans: spans,
                shape: shape)
        },
        Refusal("attention's gradient, its output in bf16") { attend($0, out: $2, dOut: $1, keys: $1, values: $1) },
        Refusal("attention's gradient of both") { attend($0, out: $1, dOut: $1, keys: $1, values: $2) },
        Refusal("attention of branches") {
            $0.attentionOfBranches(
                view($1), queries: view($2), keys: view($2), values: view($2),
                segments: [BranchSegment(rows: SequenceSpan(start: 0, count: 4), earlier: [])], before: nil,
                shape: shape)
        },
        Refusal("attention to a cache") {
            $0.attentionDecode($1, query: $2, keys: view($1), values: view($1), length: 4, shape: shape)
        },
        Refusal("a gated layer of both") { $0.gatedForward($2, gateUp: $1, .silu, rows: 2, width: 8) },
        Refusal("a gated layer's gradient of both") {
            $0.gatedBackward($2, $1, gateUp: $2, .silu, rows: 2, width: 8)
        },
        Refusal("an activation of both") { $0.activationForward($1, $2, .gelu, count: 8) },
        Refusal("an activation's gradient of both") { $0.activationBackward($2, $2, $1, .gelu, count: 8) },
        Refusal("a soft cap") { $0.softcap($2, cap: 1, count: 8) },
        Refusal("logits in bf16") {
            _ = $0.crossEntropy($2, targets: [1], weights: nil, vocabulary: 8, cap: 0)
        },
        Refusal("losses in bf16") {
            $0.crossEntropy($1, losses: $2, targets: [1], weights: nil, vocabulary: 8, cap: 0)
        },
        Refusal("a patient's gradient in bf16") {
            $0.addSegmentProducts(
                [SegmentTarget(rows: 0..<4, target: $2)], stride: 8, view($1), view($1), rows: 8, columns: 8, alpha: 1)
        },
        Refusal("an adapter's B in bf16") { backend, f, r in
            let weight = try backend.place(
                FrozenMatrix.random(format: .int8, rows: 128, columns: 16, key: 1, bound: 1))
            let factors = LowRankFactors(
                a: f, input: 16, width: 8, rank: 8, scale: 1,
                parts: [.init(rankColumn: 0, outputColumn: 0, output: 128, b: r)])
            backend.multiplyTransposed(
                MatrixView(f, stride: 128), reduced: view(f), view(f), frozen: weight, factors, rows: 16,
                accumulate: false)
            #expect(backend.joinedProducts == 1)
        },
    ]

    @Test("an operation that can't compute with bf16 says so, and never takes it for floats", arguments: refusals)
    func refused(_ refusal: Refusal) throws {
        try withFakes {
            let backend = try FakeSetup.bfloat16.backend()
            let floats = try TensorBuffer(count: 4096, backend: backend)
            let activations = try TensorBuffer(count: 4096, backend: backend)
            try refusal.call(backend, floats.pointer, backend.activations(at: activations.pointer))
            #expect {
                try backend.synchronize()
            } throws: {
                ($0 as? CUDAError)?.code == .notBuiltYet
            }
        }
    }

    // MARK: What computes

    /// The CPU's numbers, for the kinds of numbers that are checked.
    private func expectAgreement(
        _ compute: (BackendCheck.Memory) throws -> [Float], sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let expected = try compute(BackendCheck.Memory(backend: CPUBackend(), asInTraining: true))
        for setup in [FakeSetup.bfloat16, .library] {
            let backend = try setup.backend()
            let found = try compute(BackendCheck.Memory(backend: backend, asInTraining: true))
            try backend.synchronize()
            #expect(BackendCheck.difference(found, expected) < 2e-2, sourceLocation: sourceLocation)
        }
    }

    @Test(
        "products whose rows are no multiples of eight numbers are the CPU's",
        arguments: [(9, 37, 21), (3, 16, 13), (33, 24, 7), (12, 12, 96)],
        // NF4 has rows of whole blocks.
        FrozenMatrix.Format.allCases.filter { $0 != .nf4 })
    func oddWidths(size: (rows: Int, inputs: Int, outputs: Int), format: FrozenMatrix.Format) throws {
        try expectAgreement { memory in
            let backend = memory.backend
            let weight = try backend.place(
                FrozenMatrix.random(format: format, rows: size.outputs, columns: size.inputs, key: 1, bound: 0.2))
            let x = try memory.activations(size.rows * size.inputs, 2)
            let y = try memory.activations(size.rows * size.outputs, 3)
            let dx = try memory.activations(size.rows * size.inputs, 4)
            let both = try memory.activations(size.rows * 2 * size.inputs, 5)
            let (inputs, outputs) = (x.matrix(columns: size.inputs), y.matrix(columns: size.outputs))
            backend.multiplyTransposed(outputs, inputs, frozen: weight, rows: size.rows, accumulate: true)
            backend.multiply(
                dx.matrix(columns: size.inputs), outputs, frozen: weight, rows: size.rows, accumulate: true)
            // A part of wider rows.
            backend.multiplyTransposed(
                outputs, both.matrix(columns: 2 * size.inputs).dropping(columns: size.inputs), frozen: weight,
                rows: size.rows, accumulate: true)
            return y.values() + dx.values()
        }
    }

    @Test(
        "products of an adapter with activations are the CPU's",
        arguments: [(9, 37, 4), (40, 64, 8), (17, 24, 16)])
    func adapters(rows: Int, width: Int, rank: Int) throws {
        try expectAgreement { memory in
            let backend = memory.backend
            let x = try memory.activations(rows * width, 1)
            let y = try memory.activations(rows * width, 2)
            let a = try memory.floats(rank * width, 3)
            let reduced = try memory.zeros(rows * rank)
            let gradient = try memory.zeros(rank * width)
            backend.multiplyTransposed(
                reduced.matrix(columns: rank), x.matrix(columns: width), a.matrix(columns: width), rows: rows,
                columns: rank, inner: width, alpha: 0.1, accumulate: false)
            backend.multiply(
                y.matrix(columns: width), reduced.matrix(columns: rank), a.matrix(columns: width), rows: rows,
                columns: width, inner: rank, alpha: 0.1, accumulate: true)
            backend.multiplyTransposedFirst(
                gradient.matrix(columns: width), reduced.matrix(columns: rank), y.matrix(columns: width), rows: rank,
                columns: width, inner: rows, alpha: 0.1, accumulate: false)
            return y.values() + gradient.values()
        }
    }

    @Test(
        "attention with heads of any size is the CPU's",
        arguments: [(2, 1, 6), (3, 3, 20), (2, 2, 72), (2, 1, 100), (1, 1, 144)])
    func heads(heads: Int, keyValueHeads: Int, size: Int) throws {
        try expectAgreement { memory in
            let rows = 21
            let backend = memory.backend
            let (query, key) = (heads * size, keyValueHeads * size)
            let stride = query + 2 * key
            let shape = AttentionShape(
                heads: heads, keyValueHeads: keyValueHeads, headSize: size, scale: 1 / Float(size).squareRoot())
            let spans = [SequenceSpan(start: 0, count: 5), SequenceSpan(start: 5, count: rows - 5)]
            let input = try memory.activations(rows * stride, 1)
            let fused = input.matrix(columns: stride)
            let out = try memory.activations(rows * query)
            let dOut = try memory.activations(rows * query, 2)
            let gradient = try memory.activations(rows * stride)
            let logSumExp = try memory.zeros(rows * heads)
            backend.attentionForward(
                out.matrix(columns: query), logSumExp: logSumExp.pointer, queries: fused,
                keys: fused.dropping(columns: query), values: fused.dropping(columns: query + key), spans: spans,
                shape: shape)
            let d = gradient.matrix(columns: stride)
            backend.attentionBackward(
                dQueries: d, dKeys: d.dropping(columns: query), dValues: d.dropping(columns: query + key),
                dOut: dOut.matrix(columns: query), out: out.matrix(columns: query), logSumExp: logSumExp.pointer,
                queries: fused, keys: fused.dropping(columns: query), values: fused.dropping(columns: query + key),
                spans: spans, shape: shape)
            return out.values() + gradient.values()
        }
    }
}
