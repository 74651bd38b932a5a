internal import CKernels

extension ElementType {
    /// Whether tensors of this type can be read as float32: F64, F32, F16, BF16.
    public var isFloat: Bool {
        switch self {
        case .float16, .bfloat16, .float32, .float64: true
        default: false
        }
    }

    /// Reads `count` elements, which may be unaligned, as float32. Writes nothing for types that are no floats.
    func widen(_ source: UnsafeRawPointer, count: Int, into target: UnsafeMutablePointer<Float>) {
        switch self {
        case .float32: UnsafeMutableRawPointer(target).copyMemory(from: source, byteCount: count * 4)
        case .bfloat16: consilium_bfloat16_to_float(target, source, count)
        case .float16: consilium_float16_to_float(target, source, count)
        case .float64:
            for index in 0..<count {
                target[index] = Float(source.loadUnaligned(fromByteOffset: index * 8, as: Double.self))
            }
        default: break
        }
    }

    /// Writes `count` numbers rounded to nearest even. Writes nothing for types that are no floats.
    func narrow(_ source: UnsafePointer<Float>, count: Int, into target: UnsafeMutableRawPointer) {
        switch self {
        case .float32: target.copyMemory(from: source, byteCount: count * 4)
        case .bfloat16: consilium_float_to_bfloat16(target, source, count)
        case .float16: consilium_round_to_float16(target, source, count)
        case .float64:
            for index in 0..<count {
                target.storeBytes(of: Double(source[index]), toByteOffset: index * 8, as: Double.self)
            }
        default: break
        }
    }

    /// Whether `count` elements contain neither NaN nor infinity; types that are no floats can't.
    func isFinite(_ source: UnsafeRawPointer, count: Int) -> Bool {
        switch self {
        case .float32: consilium_finite_float32(source, count)
        case .bfloat16: consilium_finite_bfloat16(source, count)
        case .float16: consilium_finite_float16(source, count)
        case .float64:
            (0..<count).allSatisfy {
                Float(source.loadUnaligned(fromByteOffset: $0 * 8, as: Double.self)).isFinite
            }
        default: true
        }
    }
}
