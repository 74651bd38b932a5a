internal import Tensors

/// Where the parts of a weight are in device memory.
struct WeightPlacement {
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

/// How weights of one format, one below the other, lie in one piece of memory: numbers, scales, codebook.
struct WeightLayout {
    /// What is copied where.
    private(set) var parts: [(source: UnsafeRawBufferPointer, offset: Int)] = []
    let bytes: Int
    private let weights: [FrozenMatrix]
    private let scalesOffset: Int?
    private let codebookOffset: Int?

    init(_ weights: [FrozenMatrix]) {
        self.weights = weights
        func dataBytes(_ weight: FrozenMatrix) -> Int { weight.format.bytes(of: weight.count) }
        let data = weights.reduce(0) { $0 + dataBytes($1) }
        let scaleBytes = weights.reduce(0) { $0 + $1.bytes } - data
        // Every part begins at a multiple of 256 bytes.
        let scales = (data + 255) / 256 * 256
        let codebook = scales + (scaleBytes + 255) / 256 * 256
        bytes = codebook + 64
        scalesOffset = scaleBytes > 0 ? scales : nil
        codebookOffset = weights.first?.codebook == nil ? nil : codebook
        var (next, nextScales) = (0, scales)
        for weight in weights {
            let own = dataBytes(weight)
            parts.append((UnsafeRawBufferPointer(start: weight.data, count: own), next))
            next += own
            guard let scales = weight.scales, weight.bytes > own else { continue }
            parts.append((UnsafeRawBufferPointer(start: scales, count: weight.bytes - own), nextScales))
            nextScales += weight.bytes - own
        }
        if let values = weights.first?.codebook {
            parts.append((UnsafeRawBufferPointer(start: values, count: 64), codebook))
        }
    }

    func placement(at memory: DeviceAddress) -> WeightPlacement {
        // There always is one: who calls has checked that.
        WeightPlacement(
            weight: weights[0], rows: weights.reduce(0) { $0 + $1.rows }, memory: memory,
            scales: scalesOffset.map { memory.advanced(bytes: $0) },
            codebook: codebookOffset.map { memory.advanced(bytes: $0) })
    }
}
