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

extension FrozenMatrix.Format {
    /// As in the kernels' names.
    fileprivate var suffix: String { rawValue }
}

extension CUDABackend {
    /// Uploads the weight once. Float32 and float16 become bf16 unless products are in float32: they are rounded in products
    /// anyway.
    public func place(_ weight: FrozenMatrix) throws -> FrozenMatrix {
        guard try !perform({ Self.isPlaced(weight, $0) }) else { return weight }
        return try upload([try rounded(weight, rows: weight.rows)])
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
            first.format != .nf4 || weights.allSatisfy({ $0.count % FrozenMatrix.blockSize == 0 })
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
            let placed = try perform { try Self.copy(of: weights, $0) { try $0.allocator.allocate($1) } }
            return placed.matrix(owners: [PlacedWeight(self, placed.memory)])
        } catch {
            throw Self.translated(error)
        }
    }

    /// Where the parts of a weight are in device memory.
    private struct Placement {
        /// The first of those that lie one below the other.
        var weight: FrozenMatrix
        var rows: Int
        var memory: DeviceAddress
        var scales: DeviceAddress?
        var codebook: DeviceAddress?

        func matrix(owners: [AnyObject]) -> FrozenMatrix {
            func pointer(_ address: DeviceAddress?) -> UnsafePointer<Float>? {
                address.flatMap { UnsafePointer(bitPattern: UInt($0.value)) }
            }
            guard let data = UnsafeRawPointer(bitPattern: UInt(memory.value)) else { return weight }
            return FrozenMatrix(
                format: weight.format, rows: rows, columns: weight.columns, data: data, scales: pointer(scales),
                codebook: pointer(codebook), rounding: weight.rounding, owners: owners)
        }
    }

    private static func isPlaced(_ weight: FrozenMatrix, _ queue: CommandQueue) -> Bool {
        queue.allocator.live[DeviceAddress(raw: weight.data).value] != nil
    }

    private static func copy(
        of weights: [FrozenMatrix], _ queue: CommandQueue, allocate: (CommandQueue, Int) throws -> UInt64
    ) throws -> Placement {
        guard let first = weights.first else { throw CUDAError(.launchFailed, "There is no weight to upload.") }
        func dataBytes(_ weight: FrozenMatrix) -> Int { weight.format.bytes(of: weight.count) }
        let bytes = weights.reduce(0) { $0 + dataBytes($1) }
        let scaleBytes = weights.reduce(0) { $0 + $1.bytes } - bytes
        // Every part begins at a multiple of 256 bytes.
        let scalesOffset = (bytes + 255) / 256 * 256
        let codebookOffset = scalesOffset + (scaleBytes + 255) / 256 * 256
        let memory = DeviceAddress(value: try allocate(queue, codebookOffset + 64))
        var placement = Placement(weight: first, rows: weights.reduce(0) { $0 + $1.rows }, memory: memory)
        do {
            var data = memory
            var scaleAddress = memory.advanced(bytes: scalesOffset)
            if scaleBytes > 0 { placement.scales = scaleAddress }
            for weight in weights {
                let own = dataBytes(weight)
                try queue.staging.upload(UnsafeRawBufferPointer(start: weight.data, count: own), to: data.value)
                data = data.advanced(bytes: own)
                guard let scales = weight.scales, weight.bytes > own else { continue }
                try queue.staging.upload(
                    UnsafeRawBufferPointer(start: scales, count: weight.bytes - own), to: scaleAddress.value)
                scaleAddress = scaleAddress.advanced(bytes: weight.bytes - own)
            }
            if let codebook = first.codebook {
                let address = memory.advanced(bytes: codebookOffset)
                try queue.staging.upload(UnsafeRawBufferPointer(start: codebook, count: 64), to: address.value)
                placement.codebook = address
            }
        } catch {
            queue.allocator.free(memory.value)
            throw error
        }
        return placement
    }

    /// The weight in device memory: where it is, or a copy until the operation is complete.
    private static func resident(_ weight: FrozenMatrix, _ queue: CommandQueue) throws -> FrozenMatrix {
        guard !isPlaced(weight, queue) else { return weight }
        return try copy(of: [weight], queue) { try $0.scratch(bytes: $1).value }.matrix(owners: [])
    }

    public func gatherRows(_ y: UnsafeMutablePointer<Float>, frozen w: FrozenMatrix, rows: [Int32], factor: Float) {
        guard !rows.isEmpty else { return }
        enqueue(writes: (MatrixView(y, stride: w.columns), rows.count, w.columns)) { queue in
            let w = try Self.resident(w, queue)
            try queue.launch(
                "gather_\(w.format.suffix)", rows: rows.count, width: w.columns, y, w.data, w.scales, w.codebook,
                w.rows,
                w.columns, Int(w.rounding.rawValue), try queue.indices(rows), rows.count, factor)
        }
    }

    public func multiplyTransposed(
        _ y: MatrixView, _ x: MatrixView, frozen w: FrozenMatrix, rows m: Int, accumulate: Bool
    ) {
        guard m > 0, w.rows > 0 else { return }
        enqueue(writes: (y, m, w.rows)) { queue in
            let w = try Self.resident(w, queue)
            guard m > Self.mostGemvRows else {
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
    private static let mostGemvRows = 8

    private func product(
        _ form: ProductForm, _ y: MatrixView, _ x: MatrixView, _ w: FrozenMatrix, m: Int, n: Int, k: Int,
        _ accumulate: Bool, _ queue: CommandQueue
    ) throws {
        if configuration.precision == .float32 || w.rows <= configuration.exactRows {
            var weight = MatrixView(
                UnsafeMutablePointer(mutating: w.data.assumingMemoryBound(to: Float.self)), stride: w.columns)
            if w.format != .float32 {
                let memory = try queue.scratch(floats: w.count)
                try unpack(w, "float32", to: memory, stride: w.columns, queue)
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
            try unpack(w, "bfloat16", to: weight.address, stride: padded, queue)
        }
        let input = try queue.rounded(x.pointer, stride: x.stride, rows: m, width: k)
        try tensorProduct(form, y, input, weight, m: m, n: n, k: k, alpha: 1, accumulate, queue)
    }

    private func unpack(
        _ w: FrozenMatrix, _ target: String, to address: DeviceAddress, stride: Int, _ queue: CommandQueue
    ) throws {
        try queue.launch(
            "unpack_\(w.format.suffix)_\(target)", rows: w.rows, width: stride, address, stride, w.data, w.scales,
            w.codebook, 0, w.rows, w.columns, Int(w.rounding.rawValue), stride, Float(1))
    }
}
