/// A value that a kernel takes. Every parameter of the kernels is a slot of eight bytes: an address, a whole number of 64
/// bits, or a float32 in the lower half.
protocol KernelArgument {
    var slot: UInt64 { get }
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
    var slot: UInt64 { RoundedStorage.address(of: self) }
}

extension UnsafePointer<Float>: KernelArgument {
    var slot: UInt64 { RoundedStorage.address(of: self) }
}

extension UnsafeRawPointer: KernelArgument {
    var slot: UInt64 { UInt64(UInt(bitPattern: self)) }
}

/// An address in device memory.
struct DeviceAddress: KernelArgument, Hashable {
    var value: UInt64

    init(value: UInt64) { self.value = value }
    init(_ pointer: UnsafePointer<Float>) { value = RoundedStorage.address(of: pointer) }
    init(raw pointer: UnsafeRawPointer) { value = UInt64(UInt(bitPattern: pointer)) }

    var slot: UInt64 { value }

    func advanced(bytes: Int) -> DeviceAddress { DeviceAddress(value: value + UInt64(bytes)) }
}

extension Optional: KernelArgument where Wrapped: KernelArgument {
    var slot: UInt64 { self?.slot ?? 0 }
}
