/// A value that a kernel takes. Every parameter of the kernels is a slot of eight bytes: an address, a whole number of 64
/// bits, or a float32 in the lower half.
///
/// A pointer to floats is one that the kernel takes for float32. Where it may also stand for bf16 numbers, the kernel gets
/// their address, `numbers`, and is one that knows.
protocol KernelArgument {
    var slot: UInt64 { get }
    /// Whether it is a pointer to floats behind which bf16 numbers are.
    var isRounded: Bool { get }
}

extension KernelArgument {
    var isRounded: Bool { false }
}

extension Int: KernelArgument {
    var slot: UInt64 { UInt64(bitPattern: Int64(self)) }
}

extension Bool: KernelArgument {
    var slot: UInt64 { self ? 1 : 0 }
}

extension Float: KernelArgument {
    var slot: UInt64 { UInt64(bitPattern) }
}

extension UnsafeMutablePointer<Float>: KernelArgument {
    var slot: UInt64 { UInt64(UInt(bitPattern: self)) }
}

extension UnsafePointer<Float>: KernelArgument {
    var slot: UInt64 { UInt64(UInt(bitPattern: self)) }
}

extension UnsafeRawPointer: KernelArgument {
    var slot: UInt64 { UInt64(UInt(bitPattern: self)) }
}

/// An address in device memory.
struct DeviceAddress: KernelArgument, Hashable {
    var value: UInt64

    init(value: UInt64) { self.value = value }
    init(raw pointer: UnsafeRawPointer) { value = UInt64(UInt(bitPattern: pointer)) }

    var slot: UInt64 { value }

    func advanced(bytes: Int) -> DeviceAddress { DeviceAddress(value: value + UInt64(bytes)) }
}

extension Optional: KernelArgument where Wrapped: KernelArgument {
    var slot: UInt64 { self?.slot ?? 0 }
    var isRounded: Bool { self?.isRounded ?? false }
}
