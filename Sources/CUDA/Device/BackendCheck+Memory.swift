internal import Tensors

extension BackendCheck {
    /// Where the numbers of a check are.
    struct Memory {
        let backend: any TensorBackend
        /// Whether activations are kept as training keeps them.
        let asInTraining: Bool

        func floats(_ count: Int, _ key: UInt64, bound: Float = 1) throws -> TensorBuffer {
            try TensorBuffer(BackendCheck.numbers(count, key, bound: bound), backend: backend)
        }

        func zeros(_ count: Int) throws -> TensorBuffer { try TensorBuffer(count: count, backend: backend) }

        /// Activations that are zero as yet.
        func activations(_ count: Int) throws -> Activations {
            let memory = try zeros(count)
            return Activations(
                memory: memory, backend: backend,
                pointer: asInTraining ? backend.activations(at: memory.pointer) : memory.pointer)
        }

        func activations(_ count: Int, _ key: UInt64, bound: Float = 1) throws -> Activations {
            let result = try activations(count)
            BackendCheck.numbers(count, key, bound: bound).withUnsafeBufferPointer {
                backend.upload($0, to: result.pointer)
            }
            return result
        }
    }

    /// What blocks hand to each other.
    struct Activations {
        let memory: TensorBuffer
        let backend: any TensorBackend
        let pointer: UnsafeMutablePointer<Float>

        func matrix(columns: Int) -> MatrixView { MatrixView(pointer, stride: columns) }

        func values() -> [Float] {
            var values = [Float](repeating: .nan, count: memory.count)
            values.withUnsafeMutableBufferPointer { backend.download($0, from: pointer) }
            return values
        }
    }
}
