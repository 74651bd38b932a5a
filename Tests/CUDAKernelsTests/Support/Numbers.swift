internal import ConsiliumCore
internal import Testing

/// Rows of floats in the device's memory that lie `stride` apart; what lies between rows holds a mark.
final class DeviceMatrix {
    static let mark: Float = -98765

    let rows: Int
    let width: Int
    let stride: Int
    let array: DeviceArray<Float>

    /// - Parameter values: dense, row-major; `nil`: NaN.
    init(_ values: [Float]?, rows: Int, width: Int, stride: Int? = nil) throws {
        self.rows = rows
        self.width = width
        self.stride = stride ?? width
        // The last row has nothing behind it, so that reading on is caught.
        var memory = [Float](repeating: Self.mark, count: max(0, (rows - 1) * self.stride + width))
        for row in 0..<rows {
            for column in 0..<width {
                memory[row * self.stride + column] = values.map { $0[row * width + column] } ?? .nan
            }
        }
        array = try DeviceArray(memory)
    }

    var argument: Argument { .array(array) }
    var strideArgument: Argument { .integer(stride) }

    /// The rows without what lies between them.
    var dense: [Float] {
        (0..<rows).flatMap { row in (0..<width).map { array.pointer[row * stride + $0] } }
    }

    var gapsAreUntouched: Bool {
        (0..<max(0, rows - 1)).allSatisfy { row in
            (width..<max(width, stride)).allSatisfy { array.pointer[row * stride + $0] == Self.mark }
        }
    }
}

/// Repeatable numbers in ±scale.
func randoms(_ count: Int, _ seed: UInt64, scale: Double = 1) -> [Float] {
    var generator = ReproducibleGenerator(seed: seed)
    return (0..<count).map { _ in Float((2 * generator.unit() - 1) * scale) }
}

func bfloat16(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    return UInt16(truncatingIfNeeded: (bits &+ 0x7fff &+ ((bits >> 16) & 1)) >> 16)
}

func float(_ value: UInt16) -> Float { Float(bitPattern: UInt32(value) << 16) }

/// The nearest numbers of bf16.
func roundedToBFloat16(_ values: [Float]) -> [Float] { values.map { float(bfloat16($0)) } }

/// √(Σ (got − wanted)² / Σ wanted²); infinite where a NaN is not wanted.
func relativeError(_ got: [Float], _ wanted: [Double]) -> Double {
    guard got.count == wanted.count else { return .infinity }
    var error = 0.0
    var size = 0.0
    for (a, b) in zip(got, wanted) {
        error += (Double(a) - b) * (Double(a) - b)
        size += b * b
    }
    let result = (error / max(size, 1e-300)).squareRoot()
    return result.isNaN ? .infinity : error == 0 ? 0 : result
}

func expectClose(
    _ got: [Float], _ wanted: [Double], within tolerance: Double, _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let error = relativeError(got, wanted)
    #expect(error <= tolerance, "\(what): \(error)", sourceLocation: sourceLocation)
}

/// The result of `body`, which must be the same bits in every order of threads and arrival of copies.
func inEveryWay(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: (Emulation) throws -> [Float]
) throws -> [Float] {
    let first = try body(.ascending)
    for way in Emulation.allCases.dropFirst() {
        let other = try body(way)
        #expect(
            first.map(\.bitPattern) == other.map(\.bitPattern), "\(way): other bits", sourceLocation: sourceLocation)
    }
    return first
}
