internal import Tensors

extension CUDABackend {
    public var availableBytes: Int? {
        try? perform { $0.allocator.availableBytes }
    }

    public func allocate(_ count: Int) throws -> UnsafeMutablePointer<Float> {
        let (bytes, overflow) = max(count, 0).multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
        guard !overflow else {
            throw TensorsError(.outOfMemory, "There is no memory for \(count) numbers. Use fewer tokens a batch.")
        }
        do {
            return try perform { queue in
                try queue.refuseRecording()
                let address = try queue.allocator.allocate(bytes)
                queue.forgetConversions()
                try queue.zero(DeviceAddress(value: address), bytes: bytes)
                guard let pointer = UnsafeMutablePointer<Float>(bitPattern: UInt(address)) else {
                    throw CUDAError(.driverFailed, "The NVIDIA driver gave no memory.")
                }
                return pointer
            }
        } catch {
            throw Self.translated(error)
        }
    }

    public var roundsActivations: Bool { configuration.roundsActivations && configuration.precision == .bfloat16 }

    public func activations(at pointer: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Float> {
        roundsActivations ? RoundedStorage.pointer(to: pointer) : pointer
    }

    public func deallocate(_ pointer: UnsafeMutablePointer<Float>) { release(pointer.numbers) }

    public func upload(_ values: UnsafeBufferPointer<Float>, to pointer: UnsafeMutablePointer<Float>) {
        guard !values.isEmpty else { return }
        enqueue(writes: (MatrixView(pointer, stride: values.count), 1, values.count)) { queue in
            guard pointer.isRounded else {
                return try queue.upload(UnsafeRawBufferPointer(values), to: pointer.numbers)
            }
            let memory = try queue.scratch(floats: values.count)
            try queue.upload(UnsafeRawBufferPointer(values), to: memory)
            try queue.launch(
                "convert_bfloat16", rows: 1, width: values.count, pointer.numbers, values.count, memory, values.count,
                1, values.count, values.count)
        }
    }

    public func download(_ values: UnsafeMutableBufferPointer<Float>, from pointer: UnsafePointer<Float>) {
        guard !values.isEmpty else { return }
        var isComplete = false
        enqueue(writes: (MatrixView(UnsafeMutablePointer(mutating: pointer), stride: 0), 0, 0)) { queue in
            var address = pointer.numbers
            if pointer.isRounded {
                address = try queue.scratch(floats: values.count)
                try queue.launch(
                    "convert_float32", rows: 1, width: values.count, address, values.count, pointer.numbers,
                    values.count, 1, values.count)
            }
            try queue.download(UnsafeMutableRawBufferPointer(values), from: address)
            isComplete = true
        }
        // Whoever does not ask for failures must not take old numbers for results.
        if !isComplete { values.update(repeating: .nan) }
    }

    public func withHostView<Result>(
        _ pointer: UnsafeMutablePointer<Float>, count: Int,
        _ body: (UnsafeMutableBufferPointer<Float>) throws -> Result
    ) rethrows -> Result {
        let memory = hostMemory.take(count)
        defer { hostMemory.giveBack(memory) }
        let copy = UnsafeMutableBufferPointer(rebasing: memory[..<count])
        download(copy, from: pointer)
        return try body(copy)
    }

    public func copy(_ destination: UnsafeMutablePointer<Float>, _ source: UnsafePointer<Float>, count: Int) {
        enqueue(writes: (MatrixView(destination, stride: count), 1, count)) { queue in
            try RoundedStorage.require(destination.isRounded == source.isRounded)
            try queue.copy(destination.numbers, source.numbers, bytes: count * source.numberBytes)
        }
    }

    public func zero(_ pointer: UnsafeMutablePointer<Float>, count: Int) {
        enqueue(writes: (MatrixView(pointer, stride: count), 1, count)) { queue in
            try queue.zero(pointer.numbers, bytes: count * pointer.numberBytes)
        }
    }
}
