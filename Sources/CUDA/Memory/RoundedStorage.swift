/// Activations in bf16, behind pointers to floats: models count in numbers, and never follow a pointer.
///
/// The pointer to a bf16 number at address a is a · 2 with a bit set that no address has. A pointer to the number n places
/// further on is 4n more, and stands for a + 2n.
enum RoundedStorage {
    private static let mark: UInt = 1 << 62

    static func contains(_ pointer: UnsafePointer<Float>) -> Bool { UInt(bitPattern: pointer) & mark != 0 }

    /// The same memory, from its beginning on, as bf16 numbers.
    static func pointer(to memory: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Float> {
        UnsafeMutablePointer(bitPattern: UInt(bitPattern: memory) * 2 | mark) ?? memory
    }

    fileprivate static func address(of pointer: UnsafePointer<Float>) -> DeviceAddress {
        let value = UInt(bitPattern: pointer)
        return DeviceAddress(value: UInt64(value & mark == 0 ? value : (value & ~mark) / 2))
    }

    /// For operations that compute with matrices of one kind alone.
    /// - Throws: ``CUDAError`` `.notBuiltYet` for others.
    static func require(_ isPossible: Bool) throws {
        guard isPossible else {
            throw CUDAError(.notBuiltYet, "This operation is not built yet for activations in bf16.")
        }
    }
}

extension UnsafePointer<Float> {
    /// Whether it stands for bf16 numbers.
    var isRounded: Bool { RoundedStorage.contains(self) }
    /// Where they are, or the floats.
    var numbers: DeviceAddress { RoundedStorage.address(of: self) }
    /// Bytes of one of its numbers.
    var numberBytes: Int { isRounded ? 2 : 4 }
}

extension UnsafeMutablePointer<Float> {
    var isRounded: Bool { RoundedStorage.contains(self) }
    var numbers: DeviceAddress { RoundedStorage.address(of: self) }
    var numberBytes: Int { isRounded ? 2 : 4 }
    /// As in the names of kernels that have a variant for bf16 numbers.
    var suffix: String { isRounded ? "_bf16" : "" }
}
