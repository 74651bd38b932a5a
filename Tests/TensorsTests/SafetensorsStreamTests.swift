import ConsiliumCore
import ConsiliumTesting
import Foundation
import Tensors
import Testing

@Suite("Safetensors files written piece by piece")
struct SafetensorsStreamTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    var isClean: Bool { (try? FileManager.default.contentsOfDirectory(atPath: folder.url.path))?.isEmpty == true }

    static let tensors = [
        NamedTensor(name: "a", shape: [2, 3], values: [1, -2, 3.5, 0, .leastNormalMagnitude, 6]),
        NamedTensor(name: "empty", shape: [0, 4], values: []),
        NamedTensor(name: "z \"quoted\"", shape: [], values: [7]),
    ]

    @Test("the file is the same as one written at once", arguments: [ElementType.float32, .bfloat16])
    func same(type: ElementType) throws {
        let url = folder.path("s.safetensors")
        let stream = try SafetensorsStream(
            Self.tensors.map { .init(name: $0.name, type: type, shape: $0.shape) }, metadata: ["k": "v"], to: url)
        for tensor in Self.tensors {
            // In pieces of two, that don't end where tensors end.
            for start in stride(from: 0, to: tensor.values.count, by: 2) {
                try Array(tensor.values[start..<min(start + 2, tensor.values.count)]).withUnsafeBufferPointer {
                    try stream.append($0, as: type)
                }
            }
        }
        #expect(!FileManager.default.fileExists(atPath: url.path))
        try stream.finish()
        #expect(try Data(contentsOf: url) == SafetensorsWriter.encode(Self.tensors, metadata: ["k": "v"], type: type))
    }

    @Test("tensors keep their order and their types")
    func mixed() throws {
        let url = folder.path("m.safetensors")
        let stream = try SafetensorsStream(
            [
                .init(name: "z", type: .float16, shape: [3]), .init(name: "i", type: .uint8, shape: [2]),
                .init(name: "a", type: .float64, shape: [1]),
            ], to: url)
        try [1, -0.333_251_95, 65504].withUnsafeBufferPointer { try stream.append($0, as: .float16) }
        try [UInt8(3), 250].withUnsafeBytes { try stream.append($0) }
        try [0.1].withUnsafeBufferPointer { try stream.append($0, as: .float64) }
        try stream.finish()
        let file = try SafetensorsFile(url: url)
        #expect(file.namesInFileOrder == ["z", "i", "a"])
        #expect(try file.floats("z") == [1, Float(Float16(-0.333_251_95)), 65504])
        #expect(try Array(file.bytes("i")) == [3, 250])
        #expect(try file.floats("a") == [0.1])
    }

    @Test("nothing is left behind when data is missing or too much")
    func wrongSize() throws {
        do {
            let stream = try SafetensorsStream(
                [.init(name: "x", type: .float32, shape: [4])], to: folder.path("x.safetensors"))
            try [1, 2, 3].withUnsafeBufferPointer { try stream.append($0, as: .float32) }
            #expect(throws: TensorsError(.wrongShape, "")) { try stream.finish() }
            #expect(throws: TensorsError(.wrongShape, "")) {
                try [4, 5].withUnsafeBufferPointer { try stream.append($0, as: .float32) }
            }
        }
        #expect(isClean)
    }

    @Test("numbers that the type can't hold are refused", arguments: [Float.nan, .infinity, 65520])
    func overflow(value: Float) throws {
        do {
            let stream = try SafetensorsStream(
                [.init(name: "x", type: .float16, shape: [1])], to: folder.path("x.safetensors"))
            #expect(throws: TensorsError(.wrongShape, "")) {
                try [value].withUnsafeBufferPointer { try stream.append($0, as: .float16) }
            }
            #expect(throws: TensorsError(.unsupportedType, "")) {
                try [1].withUnsafeBufferPointer { try stream.append($0, as: .int8) }
            }
        }
        #expect(isClean)
    }

    @Test("equal names, reserved names and absurd shapes are refused before anything is written")
    func refused() throws {
        let url = folder.path("x.safetensors")
        let tensor = SafetensorsStream.Tensor(name: "x", type: .float32, shape: [1])
        #expect(throws: TensorsError(.malformedFile, "")) { try SafetensorsStream([tensor, tensor], to: url) }
        #expect(throws: TensorsError(.malformedFile, "")) {
            try SafetensorsStream([.init(name: "__metadata__", type: .float32, shape: [1])], to: url)
        }
        for shape in [[-1], [.max, 2], [.max / 4 + 1]] {
            #expect(throws: TensorsError(.wrongShape, "")) {
                try SafetensorsStream([.init(name: "x", type: .float32, shape: shape)], to: url)
            }
        }
        #expect(isClean)
    }

    @Test("a folder that is missing is an error of the disk")
    func noFolder() {
        #expect(throws: CoreError(.fileUnwritable, "")) {
            try SafetensorsStream([], to: folder.path("missing/x.safetensors"))
        }
    }
}
