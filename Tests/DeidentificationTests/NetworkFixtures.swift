import ConsiliumCore
import Foundation

@testable import Deidentification

/// Small networks, as the bytes of their files.
enum NetworkFixtures {
    struct Parts {
        var channels = 16
        var kinds = ["NAME", "DATE", "MRN"]
        var reaches: [Int] = []
        var scale: [Float] = []
        var bias: [Float] = []
        var layers: [(weights: [Float], bias: [Float])] = []
        var outWeights: [Float] = []
        var outBias: [Float] = []
        var table: [Int8] = []

        var file: Data {
            var data = Data("CNSLNETW".utf8)
            func add(_ value: some FixedWidthInteger) {
                withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
            }
            func add(_ values: [Float]) { for value in values { add(value.bitPattern) } }
            add(NetworkFeatures.version)
            add(UInt16(channels))
            add(UInt8(kinds.count))
            for kind in kinds {
                add(UInt8(kind.utf8.count))
                data += Data(kind.utf8)
            }
            add(UInt8(reaches.count))
            for reach in reaches { add(UInt8(reach)) }
            add(scale)
            add(bias)
            for layer in layers {
                add(layer.weights)
                add(layer.bias)
            }
            add(outWeights)
            add(outBias)
            data += Data(table.map { UInt8(bitPattern: $0) })
            return data
        }
    }

    static func random(_ seed: UInt64, channels: Int = 16, reaches: [Int] = [1, 2]) -> Parts {
        var generator = ReproducibleGenerator(seed: seed, label: "random network")
        func draw(_ count: Int, _ size: Double) -> [Float] {
            (0..<count).map { _ in Float((generator.unit() * 2 - 1) * size) }
        }
        var parts = Parts(channels: channels, reaches: reaches)
        parts.scale = draw(channels, 0.01).map { abs($0) + 0.001 }
        parts.bias = draw(channels, 0.2)
        parts.layers = reaches.map { _ in (draw(3 * channels * channels, 0.2), draw(channels, 0.2)) }
        parts.outWeights = draw(channels * 4, 0.3)
        parts.outBias = draw(4, 0.5)
        // A draw for each value of the table would take longer than all tests of it.
        let period = draw(4099, 127)
        parts.table = (0..<NetworkFeatures.rows * channels).map { Int8(period[$0 % period.count]) }
        return parts
    }
}
