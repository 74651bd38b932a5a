internal import CUDAKernels
public import Tensors

/// Device memory of a frozen weight, given back with the last reference.
private final class PlacedWeight: Sendable {
    private let backend: CUDABackend
    private let address: DeviceAddress

    init(_ backend: CUDABackend, _ address: DeviceAddress) {
        self.backend = backend
        self.address = address
    }

    deinit { backend.release(address) }
}

/// A weight of the host's that the backend knows until the last reference is gone.
private final class StreamedWeight: Sendable {
    private let backend: CUDABackend
    private let weight: FrozenMatrix

    init(_ backend: CUDABackend, _ weight: FrozenMatrix) {
        self.backend = backend
        self.weight = weight
    }

    deinit { backend.forget(weight) }
}

extension FrozenMatrix.Format {
    /// As in the kernels' names.
    fileprivate var suffix: String { rawValue }
}

extension CUDABackend {
    /// Uploads the weight once, or, once weights take their share of the memory, whenever it is used. Float32 and float16 become bf16 unless products are in float32: they are rounded in products
    /// anyway.
    public func place(_ weight: FrozenMatrix) throws -> FrozenMatrix {
        guard try !perform({ Self.isPlaced(weight, $0) }) else { return weight }
        let weight = try rounded(weight, rows: weight.rows)
        return try hasRoom(for: [weight]) ? upload([weight]) : streamed(weight)
    }

    public var stacksWeights: Bool { true }

    /// One product instead of two or three.
    public func stack(_ weights: [FrozenMatrix]) throws -> FrozenMatrix? {
        let rows = weights.reduce(0) { $0 + $1.rows }
        let weights = try weights.map { try rounded($0, rows: rows) }
        guard let first = weights.first,
            weights.allSatisfy({ $0.format == first.format && $0.columns == first.columns }),
            weights.allSatisfy({ $0.rounding == first.rounding && Self.codebook($0) == Self.codebook(first) }),
            // Blocks and bytes must not run from one weight into the next.
            first.format != .nf4 || weights.allSatisfy({ $0.count % FrozenMatrix.blockSize == 0 }),
            try hasRoom(for: weights)
        else { return nil }
        return try upload(weights)
    }

    private static func codebook(_ weight: FrozenMatrix) -> [Float]? {
        weight.codebook.map { Array(UnsafeBufferPointer(start: $0, count: 16)) }
    }

    private func rounded(_ weight: FrozenMatrix, rows: Int) throws -> FrozenMatrix {
        let rounds =
            configuration.precision == .bfloat16 && rows > configuration.exactRows
            && (weight.format == .float32 || weight.format == .float16)
        return rounds ? try weight.converted(to: .bfloat16) : weight
    }

    /// Weights of one format in one piece of device memory, as long as it is referenced.
    private func upload(_ weights: [FrozenMatrix]) throws -> FrozenMatrix {
        do {
            let placed = try perform { queue in
                let placed = try Self.copy(of: weights, queue) { try $0.allocator.allocate($1) }
                queue.keepWeights(weights.reduce(0) { $0 + $1.bytes }, at: placed.memory)
                return placed
            }
            return placed.matrix(owners: [PlacedWeight(self, placed.memory)])
        } catch {
            throw Self.translated(error)
        }
    }

    /// Whether the GPU is to keep so many more bytes of weights.
    private func hasRoom(for weights: [FrozenMatrix]) throws -> Bool {
        let bytes = weights.reduce(0) { $0 + $1.bytes }
        return try perform { $0.hasRoom(forWeights: bytes, most: configuration.mostWeightBytes) }
    }

    /// The weight as one that is copied whenever it is used.
    private func streamed(_ weight: FrozenMatrix) throws -> FrozenMatrix {
        try perform { $0.weights.add(weight) }
        return FrozenMatrix(
            format: weight.format, rows: weight.rows, columns: weight.columns, data: weight.data,
            scales: weight.scales, codebook: weight.codebook, rounding: weight.rounding,
            owners: [StreamedWeight(self, weight)])
    }

    private static func isPlaced(_ weight: FrozenMatrix, _ queue: CommandQueue) -> Bool {
        queue.allocator.live[DeviceAddress(raw: weight.data).value] != nil
    }

    private static func copy(
        of weights: [FrozenMatrix], _ queue: CommandQueue, allocate: (CommandQueue, Int) throws -> UInt64
    ) throws -> WeightPlacement {
        guard !weights.isEmpty else { throw CUDAError(.launchFailed, "There is no weight to upload.") }
        let layout = WeightLayout(weights)
        let memory = DeviceAddress(value: try allocate(queue, layout.bytes))
        do {
            for (source, offset) in layout.parts {
                try queue.upload(source, to: memory.advanced(bytes: offset))
            }
        } catch {
            queue.allocator.free(memory.value)
            throw error
        }
        return layout.placement(at: memory)
    }

    /// The weight in device memory: where it is, or a copy until the operation is complete.
    static func resident(_ weight: FrozenMatrix, _ queue: CommandQueue) throws -> FrozenMatrix {
        guard !isPlaced(weight, queue) else { return weight }
        try queue.refuseRecording()
        if let copy = try queue.weights.use(weight) { return copy }
        return try copy(of: [weight], queue) { try $0.scratch(bytes: $1).value }.matrix(owners: [])
    }

    public func gatherRows(_ y: UnsafeMutablePointer<Float>, frozen w: FrozenMatrix, rows: [Int32], factor: Float) {
        guard !rows.isEmpty else { return }
        enqueue(writes: (MatrixView(y, stride: w.columns), rows.count, w.columns)) { queue in
            let w = try Self.resident(w, queue)
            func gather(_ y: DeviceAddress, _ rows: [Int32]) throws {
                try queue.launch(
                    "gather_\(w.format.suffix)", rows: rows.count, width: w.columns, y, w.data, w.scales, w.codebook,
                    w.rows, w.columns, Int(w.rounding.rawValue), try queue.indices(rows), rows.count, factor)
            }
            guard y.isRounded else { return try gather(y.numbers, rows) }
            // Piece by piece: all of it in float32 would be a new peak of memory.
            let memory = try queue.scratch(floats: min(rows.count, Self.gatheredRows) * w.columns)
            for start in stride(from: 0, to: rows.count, by: Self.gatheredRows) {
                let part = Array(rows[start..<min(start + Self.gatheredRows, rows.count)])
                try gather(memory, part)
                try queue.launch(
                    "convert_bfloat16", rows: part.count, width: w.columns,
                    (y + start * w.columns).numbers, w.columns, memory, w.columns, part.count, w.columns, w.columns)
            }
        }
    }

    private static let gatheredRows = 4096

    public func multiplyTransposed(
        _ y: MatrixView, _ x: MatrixView, frozen w: FrozenMatrix, rows m: Int, accumulate: Bool
    ) {
        guard m > 0, w.rows > 0 else { return }
        enqueue(writes: (y, m, w.rows)) { queue in
            let w = try Self.resident(w, queue)
            guard m > Self.mostGemvRows || x.pointer.isRounded || y.pointer.isRounded else {
                return try queue.launch(
                    "gemv_\(w.format.suffix)", grid: ((w.rows + 3) / 4, 1, 1), block: (128, 1, 1), y.pointer, y.stride,
                    x.pointer, x.stride, m, w.data, w.scales, w.codebook, w.rows, w.columns, Int(w.rounding.rawValue),
                    accumulate)
            }
            try product(.secondTransposed, y, x, w, m: m, n: w.rows, k: w.columns, accumulate, queue)
        }
    }

    public func multiply(_ dx: MatrixView, _ dy: MatrixView, frozen w: FrozenMatrix, rows m: Int, accumulate: Bool) {
        guard m > 0, w.columns > 0 else { return }
        enqueue(writes: (dx, m, w.columns)) { queue in
            let w = try Self.resident(w, queue)
            try product(.plain, dx, dy, w, m: m, n: w.columns, k: w.rows, accumulate, queue)
        }
    }

    /// Rows of x for which reading the weight is the work.
    static let mostGemvRows = 8

    private func product(
        _ form: ProductForm, _ y: MatrixView, _ x: MatrixView, _ w: FrozenMatrix, m: Int, n: Int, k: Int,
        _ accumulate: Bool, _ queue: CommandQueue
    ) throws {
        if configuration.precision == .float32 || w.rows <= configuration.exactRows {
            var weight = MatrixView(
                UnsafeMutablePointer(mutating: w.data.assumingMemoryBound(to: Float.self)), stride: w.columns)
            if w.format != .float32 {
                let memory = try queue.scratch(floats: w.count)
                try unpack(w, "float32", to: memory, stride: w.columns, width: w.columns, queue)
                guard let pointer = UnsafeMutablePointer<Float>(bitPattern: UInt(memory.value)) else { return }
                weight = MatrixView(pointer, stride: w.columns)
            }
            return try exactProduct(form, y, x, weight, m: m, n: n, k: k, alpha: 1, accumulate, queue)
        }
        let weight: RoundedMatrix
        if w.format == .bfloat16, w.columns % 8 == 0 {
            weight = RoundedMatrix(address: DeviceAddress(raw: w.data), stride: w.columns)
        } else {
            // One weight at a time exists in bf16.
            let padded = (w.columns + 7) / 8 * 8
            weight = RoundedMatrix(address: try queue.scratch(bytes: w.rows * padded * 2), stride: padded)
            try unpack(w, "bfloat16", to: weight.address, stride: padded, width: padded, queue)
        }
        let input = try queue.rounded(x.pointer, stride: x.stride, rows: m, width: k)
        try tensorProduct(form, y, input, weight, m: m, n: n, k: k, alpha: 1, accumulate, queue)
    }

    /// The weight as rows of `stride` numbers, of which the first `width` are written: zeros behind the weight's columns.
    func unpack(
        _ w: FrozenMatrix, _ target: String, to address: DeviceAddress, stride: Int, width: Int, _ queue: CommandQueue
    ) throws {
        try queue.launch(
            "unpack_\(w.format.suffix)_\(target)", rows: w.rows, width: width, address, stride, w.data, w.scales,
            w.codebook, 0, w.rows, w.columns, Int(w.rounding.rawValue), width, Float(1))
    }
}
