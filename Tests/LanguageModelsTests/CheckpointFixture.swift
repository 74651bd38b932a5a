import ConsiliumTesting
import Foundation
import Tensors

@testable import LanguageModels

/// A small model folder that a test makes, tensor by tensor.
struct CheckpointFixture {
    struct Tensor {
        var name: String
        var type: ElementType
        var shape: [Int]
        var bytes: [UInt8]

        static func floats(_ name: String, _ shape: [Int], _ values: [Float]) -> Tensor {
            floats(name, .float32, shape, values)
        }

        static func floats(_ name: String, _ type: ElementType, _ shape: [Int], _ values: [Float]) -> Tensor {
            var bytes: [UInt8] = []
            for value in values {
                switch type {
                case .float16: bytes += Self.raw(Float16(value).bitPattern)
                case .bfloat16: bytes += Self.raw(UInt16(value.bitPattern >> 16))
                case .float64: bytes += Self.raw(Double(value))
                default: bytes += Self.raw(value)
                }
            }
            return Tensor(name: name, type: type, shape: shape, bytes: bytes)
        }

        static func raw(_ value: some Any) -> [UInt8] { withUnsafeBytes(of: value) { Array($0) } }
    }

    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    var url: URL { folder.url }

    /// One file, or a shard.
    func write(_ tensors: [Tensor], file: String = "model.safetensors") throws {
        let stream = try SafetensorsStream(
            tensors.map { .init(name: $0.name, type: $0.type, shape: $0.shape) }, to: folder.path(file))
        for tensor in tensors { try tensor.bytes.withUnsafeBytes { try stream.append($0) } }
        try stream.finish()
    }

    func writeIndex(_ map: [String: String]) throws {
        let list = map.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",")
        try folder.write("model.safetensors.index.json", "{\"metadata\":{\"total_size\":1},\"weight_map\":{\(list)}}")
    }

    func source(aliases: @escaping (String) -> [String] = { _ in [] }) throws -> CheckpointSource {
        try CheckpointSource(folder: url, aliases: aliases)
    }

    /// Values that 16-bit formats hold exactly: multiples of 1/64 between -2 and 2.
    static func exact(_ count: Int, step: Int = 37) -> [Float] {
        (0..<count).map { Float(($0 * step) % 255 - 127) / 64 }
    }

    // MARK: bitsandbytes

    /// The five or seven tensors of a weight in NF4.
    static func nf4(
        _ name: String, rows: Int, columns: Int, packed: [UInt8]? = nil, scales: [Float]? = nil,
        state: String? = nil, nested: (codes: [UInt8], map: [Float], scales: [Float])? = nil
    ) -> [Tensor] {
        let count = rows * columns
        let blocks = (count + 63) / 64
        let packed = packed ?? (0..<(count + 1) / 2).map { UInt8(($0 * 29 + 5) % 256) }
        let scales = scales ?? (0..<blocks).map { Float($0 % 7 + 1) / 8 }
        let extra = nested == nil ? "" : ",\"nested_blocksize\":256,\"nested_dtype\":\"float32\",\"nested_offset\":0.25"
        let state =
            state
            ?? "{\"quant_type\":\"nf4\",\"blocksize\":64,\"dtype\":\"float32\",\"shape\":[\(rows),\(columns)]\(extra)}"
        var tensors = [
            Tensor(name: name, type: .uint8, shape: [packed.count, 1], bytes: packed),
            .floats(name + ".quant_map", [16], NormalFloat.codebook),
            Tensor(
                name: name + ".quant_state.bitsandbytes__nf4", type: .uint8, shape: [state.utf8.count],
                bytes: Array(state.utf8)),
        ]
        if let nested {
            tensors += [
                Tensor(name: name + ".absmax", type: .uint8, shape: [nested.codes.count], bytes: nested.codes),
                .floats(name + ".nested_quant_map", [nested.map.count], nested.map),
                .floats(name + ".nested_absmax", [nested.scales.count], nested.scales),
            ]
        } else {
            tensors.append(.floats(name + ".absmax", [scales.count], scales))
        }
        return tensors
    }

    /// What the tensors of ``nf4(_:rows:columns:packed:scales:state:nested:)`` mean.
    static func unpacked(_ packed: [UInt8], scales: [Float], count: Int) -> [Float] {
        (0..<count).map { index in
            let byte = packed[index / 2]
            return NormalFloat.codebook[Int(index % 2 == 0 ? byte >> 4 : byte & 15)] * scales[index / 64]
        }
    }

    static func int8(_ module: String, _ values: [Int8], rows: Int, scales: [Float], format: [UInt8]? = [0]) -> [Tensor]
    {
        var tensors = [
            Tensor(
                name: module + ".weight", type: .int8, shape: [rows, values.count / rows],
                bytes: values.map { UInt8(bitPattern: $0) }),
            .floats(module + ".SCB", [scales.count], scales),
        ]
        if let format {
            let shape = format.count == 1 ? [] : [format.count]
            tensors.append(Tensor(name: module + ".weight_format", type: .uint8, shape: shape, bytes: format))
        }
        return tensors
    }
}
