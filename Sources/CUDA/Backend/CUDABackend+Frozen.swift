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
        let rounds =
            configuration.precision == .bfloat16 && weight.rows > configuration.exactRows
            && (weight.format == .float32 || weight.format == .float16)
        let weight = rounds ? try weight.converted(to: .bfloat16) : weight
        do {
            let placed = try perform { try Self.copy(of: weight, $0) { try $0.allocator.allocate($1) } }
            return placed.matrix(owners: [PlacedWeight(self, placed.memory)])
        } catch {
            throw Self.translated(error)
        }
    }

    /// Where the parts of a weight are in device memory.
    private struct Placement {
        var weight: FrozenMatrix
        var memory: DeviceAddress
        var scales: DeviceAddress?
        var codebook: DeviceAddress?

        func matrix(owners: [AnyObject]) -> FrozenMatrix {
            func pointer(_ address: DeviceAddress?) -> UnsafePointer<Float>? {
                address.flatMap { UnsafePointer(bitPattern: UInt($0.value)) }
            }
            guard let data = UnsafeRawPointer(bitPattern: UInt(memory.value)) else { return weight }
            return FrozenMatrix(
                format: weight.format, rows: weight.rows, columns: weight.columns, data: data, scales: pointer(scales),
                codebook: pointer(codebook), rounding: weight.rounding, owners: owners)
        }
    }

    private static func isPlaced(_ weight: FrozenMatrix, _ queue: CommandQueue) -> Bool {
        queue.allocator.live[DeviceAddress(raw: weight.data).value] != nil
    }

    private static func copy(
        of weight: FrozenMatrix, _ queue: CommandQueue, allocate: (CommandQueue, Int) throws -> UInt64
    ) throws -> Placement {
        let bytes = weight.format.bytes(of: weight.count)
        let scaleBytes = weight.bytes - bytes
        // Every part begins at a multiple of 256 bytes.
        let scalesOffset = (bytes + 255) / 256 * 256
        let codebookOffset = scalesOffset + (scaleBytes + 255) / 256 * 256
        let memory = DeviceAddress(value: try allocate(queue, codebookOffset + 64))
        var placement = Placement(weight: weight, memory: memory)
        do {
            try queue.staging.upload(
                UnsafeRawBufferPointer(start: weight.data, count: bytes), to: memory.value)
            if let scales = weight.scales, scaleBytes > 0 {
                let address = memory.advanced(bytes: scalesOffset)
                try queue.staging.upload(
                    UnsafeRawBufferPointer(start: scales, count: scaleBytes), to: address.value)
                placement.scales = address
            }
            if let codebook = weight.codebook {
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
        return try copy(of: weight, queue) { try $0.scratch(bytes: $1).value }.matrix(owners: [])
    }

    public func gatherRows(_ y: UnsafeMutablePointer<Float>, frozen w: FrozenMatrix, rows: [Int32], factor: Float) {
        guard !rows.isEmpty else { return }
        enqueue(writes: (MatrixView(y, stride: w.columns), rows.count, w.columns)) { queue in
            let w = try Self.resident(w, queue)
            try queue.launch(
                "gather_\(w.format.suffix)", rows: rows.count, width: w.columns, y, w.data, w.scales, w.codebook, w.rows,
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
            var weight = MatrixView(UnsafeMutablePointer(mutating: w.data.assumingMemoryBound(to: Float.self)), stride: w.columns)
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
