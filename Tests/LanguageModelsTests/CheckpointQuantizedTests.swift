import ConsiliumCore
import Foundation
import Tensors
import Testing

@testable import LanguageModels

@Suite("Checkpoints of bitsandbytes")
struct CheckpointQuantizedTests {
    typealias Fixture = CheckpointFixture

    static func matrix(
        _ tensors: [Fixture.Tensor], rows: Int, columns: Int, transposed: Bool = false,
        storage: BaseStorage = .automatic
    ) throws -> FrozenMatrix {
        let fixture = try Fixture()
        try fixture.write(tensors)
        let source = try fixture.source()
        let matrix = try source.matrix(
            "m.weight", rows: rows, columns: columns, transposed: transposed, storage: storage)
        // All tensors of the weight count as read.
        try source.requireNothingElse { _ in false }
        return matrix
    }

    @Test("NF4 is taken from the file, the even element from the high half of a byte", arguments: [false, true])
    func nf4(transposed: Bool) throws {
        let tensors = Fixture.nf4("m.weight", rows: 3, columns: 128)
        let found = try Self.matrix(tensors, rows: 3, columns: 128, transposed: transposed)
        let scales = (0..<6).map { Float($0 % 7 + 1) / 8 }
        #expect(found.format == .nf4)
        #expect(found.floats() == Fixture.unpacked(tensors[0].bytes, scales: scales, count: 384))
    }

    @Test("NF4 can be kept in other formats", arguments: [BaseStorage.float32, .bfloat16, .int8, .nf4])
    func converted(storage: BaseStorage) throws {
        let tensors = Fixture.nf4("m.weight", rows: 3, columns: 128)
        let exact = try Self.matrix(tensors, rows: 3, columns: 128).floats()
        let found = try Self.matrix(tensors, rows: 3, columns: 128, storage: storage)
        #expect(
            found.format.rawValue
                == (storage == .float32 ? "float32" : storage == .bfloat16 ? "bfloat16" : storage.rawValue))
        #expect(zip(exact, found.floats()).allSatisfy { abs($0 - $1) < 0.005 })
        if storage == .float32 { #expect(found.floats() == exact) }
    }

    @Test("double quantization: scale = map[code] · group scale + offset")
    func nested() throws {
        let map = (0..<256).map { Float($0) / 256 }
        let codes = (0..<300).map { UInt8(($0 * 11) % 256) }
        let tensors = Fixture.nf4("m.weight", rows: 300, columns: 64, nested: (codes, map, [0.5, 2]))
        let scales = (0..<300).map { map[Int(codes[$0])] * ($0 < 256 ? 0.5 : 2) + 0.25 }
        let found = try Self.matrix(tensors, rows: 300, columns: 64)
        #expect(found.floats() == Fixture.unpacked(tensors[0].bytes, scales: scales, count: 300 * 64))
    }

    @Test("a weight is rounded to the number type of its state", arguments: ["bfloat16", "float16"])
    func rounding(type: String) throws {
        let state = #"{"quant_type":"nf4","blocksize":64,"dtype":"\#(type)","shape":[2,64]}"#
        let tensors = Fixture.nf4("m.weight", rows: 2, columns: 64, scales: [0.3, 1.7], state: state)
        let exact = Fixture.unpacked(tensors[0].bytes, scales: [0.3, 1.7], count: 128)
        let rounded = exact.map { value -> Float in
            if type == "float16" { return Float(Float16(value)) }
            let bits = value.bitPattern
            return Float(bitPattern: (bits + 0x7fff + (bits >> 16 & 1)) & 0xffff_0000)
        }
        #expect(try Self.matrix(tensors, rows: 2, columns: 64).floats() == rounded)
    }

    @Test("rows that don't end with a block are unpacked to float32", arguments: [(3, 100), (5, 7), (1, 1)])
    func odd(shape: (Int, Int)) throws {
        let (rows, columns) = shape
        let count = rows * columns
        let tensors = Fixture.nf4("m.weight", rows: rows, columns: columns)
        let found = try Self.matrix(tensors, rows: rows, columns: columns)
        let scales = (0..<(count + 63) / 64).map { Float($0 % 7 + 1) / 8 }
        #expect(found.format == .float32)
        #expect(found.floats() == Fixture.unpacked(tensors[0].bytes, scales: scales, count: count))
        #expect(throws: TensorsError(.wrongShape, "")) {
            try Self.matrix(tensors, rows: rows, columns: columns, storage: .nf4)
        }
    }

    @Test("int8 is byte · SCB / 127", arguments: [[0], nil, Array("row".utf8)] as [[UInt8]?])
    func int8(format: [UInt8]?) throws {
        let values: [Int8] = [127, -128, 0, 1, -1, 64]
        let tensors = Fixture.int8("m", values, rows: 2, scales: [2.54, 0.5], format: format)
        let found = try Self.matrix(tensors, rows: 2, columns: 3)
        #expect(found.format == .int8)
        let expected = values.enumerated().map { Float($1) * ((($0 < 3) ? 2.54 : 0.5) / 127) }
        #expect(found.floats() == expected)
    }

    // MARK: Refusals

    struct Wrong: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var tensors: [Fixture.Tensor]
        var code: LanguageModelsError.Code

        init(_ name: String, _ tensors: [Fixture.Tensor], _ code: LanguageModelsError.Code = .malformedCheckpoint) {
            testDescription = name
            self.tensors = tensors
            self.code = code
        }

        static func state(
            _ name: String, _ state: String, _ code: LanguageModelsError.Code = .malformedCheckpoint
        ) -> Wrong {
            Wrong(name, Fixture.nf4("m.weight", rows: 2, columns: 64, state: state), code)
        }

        static func without(_ suffix: String, nested: Bool = false) -> Wrong {
            let all = Fixture.nf4(
                "m.weight", rows: 2, columns: 64,
                nested: nested ? ([1, 2], [Float](repeating: 0.5, count: 256), [1]) : nil)
            return Wrong("without \(suffix)", all.filter { !$0.name.hasSuffix(suffix) })
        }
    }

    static let sound = Fixture.nf4("m.weight", rows: 2, columns: 64)

    static func replacing(_ suffix: String, _ tensor: Fixture.Tensor) -> [Fixture.Tensor] {
        sound.map { $0.name.hasSuffix(suffix) ? tensor : $0 }
    }

    @Test(
        "what is not NF4 or INT8 of bitsandbytes, or contradicts itself, is refused",
        arguments: [
            Wrong(
                "FP4",
                sound.map { tensor in
                    var tensor = tensor
                    tensor.name = tensor.name.replacingOccurrences(of: "__nf4", with: "__fp4")
                    return tensor
                }, .notBuiltYet),
            .state(
                "FP4 by its state", #"{"quant_type":"fp4","blocksize":64,"dtype":"float32","shape":[2,64]}"#,
                .notBuiltYet),
            .state(
                "blocks of 128", #"{"quant_type":"nf4","blocksize":128,"dtype":"float32","shape":[2,64]}"#, .notBuiltYet
            ),
            .state("float64", #"{"quant_type":"nf4","blocksize":64,"dtype":"float64","shape":[2,64]}"#, .notBuiltYet),
            .state("another shape", #"{"quant_type":"nf4","blocksize":64,"dtype":"float32","shape":[64,2]}"#),
            .state("more than the bytes", #"{"quant_type":"nf4","blocksize":64,"dtype":"float32","shape":[4,64]}"#),
            .state(
                "a shape near the largest integer",
                #"{"quant_type":"nf4","blocksize":64,"dtype":"float32","shape":[49,188232082384791343]}"#),
            .state(
                "an overflowing shape",
                #"{"quant_type":"nf4","blocksize":64,"dtype":"float32","shape":[9223372036854775807,2]}"#),
            .state("no shape", #"{"quant_type":"nf4","blocksize":64,"dtype":"float32"}"#),
            .state("a shape of three", #"{"quant_type":"nf4","blocksize":64,"dtype":"float32","shape":[2,64,1]}"#),
            .state("a negative shape", #"{"quant_type":"nf4","blocksize":64,"dtype":"float32","shape":[-2,-64]}"#),
            .state("no type", #"{"blocksize":64,"dtype":"float32","shape":[2,64]}"#),
            .state(
                "half of double quantization",
                #"{"quant_type":"nf4","blocksize":64,"dtype":"float32","shape":[2,64],"nested_blocksize":256,"nested_offset":1}"#
            ),
            .state(
                "a key twice",
                #"{"quant_type":"nf4","quant_type":"nf4","blocksize":64,"dtype":"float32","shape":[2,64]}"#),
            .state("no JSON", "nf4"), .state("empty", ""),
            .state("too long", "{" + String(repeating: " ", count: 5000) + "}"),
            .state("deep", String(repeating: "[", count: 4000)),
            .without("absmax"), .without("quant_map"), .without("nf4"), .without(".nested_absmax", nested: true),
            .without("nested_quant_map", nested: true),
            Wrong("too few scales", replacing("absmax", .floats("m.weight.absmax", [1], [1]))),
            Wrong("16-bit scales", replacing("absmax", .floats("m.weight.absmax", .float16, [2], [1, 1]))),
            Wrong("a scale of NaN", replacing("absmax", .floats("m.weight.absmax", [2], [1, .nan]))),
            Wrong(
                "a codebook that does not ascend",
                replacing("quant_map", .floats("m.weight.quant_map", [16], NormalFloat.codebook.reversed()))),
            Wrong(
                "a codebook with infinity",
                replacing(
                    "quant_map", .floats("m.weight.quant_map", [16], NormalFloat.codebook.dropLast() + [.infinity]))),
            Wrong("4 and 8 bits at once", sound + [.floats("m.SCB", [2], [1, 1])]),
            Wrong("bytes without scales", [sound[0]], .notBuiltYet),
            Wrong(
                "INT8 in tiles",
                Fixture.int8("m", [Int8](repeating: 1, count: 128), rows: 2, scales: [1, 1], format: [1]),
                .notBuiltYet),
            Wrong(
                "INT8 with too few scales", Fixture.int8("m", [Int8](repeating: 1, count: 128), rows: 2, scales: [1])),
            Wrong(
                "INT8 with infinity",
                Fixture.int8("m", [Int8](repeating: 1, count: 128), rows: 2, scales: [1, .infinity])),
            Wrong(
                "INT8 of another shape",
                Fixture.int8("m", [Int8](repeating: 1, count: 128), rows: 4, scales: [1, 1, 1, 1])),
            Wrong(
                "scales beside floats",
                [.floats("m.weight", [2, 64], Fixture.exact(128)), .floats("m.SCB", [2], [1, 1])]),
            Wrong(
                "GPTQ",
                [.init(name: "m.qweight", type: .int32, shape: [1], bytes: [0, 0, 0, 0])], .notBuiltYet),
            Wrong(
                "FP8",
                [
                    .init(
                        name: "m.weight", type: .float8E4M3, shape: [2, 64], bytes: [UInt8](repeating: 0, count: 128)),
                    .floats("m.weight_scale", [1], [1]),
                ], .notBuiltYet),
        ])
    func refused(wrong: Wrong) {
        #expect(throws: LanguageModelsError(wrong.code, "")) {
            try Self.matrix(wrong.tensors, rows: 2, columns: 64)
        }
    }

    @Test("2,000 damaged states are read or refused")
    func damaged() throws {
        let sound = #"{"quant_type":"nf4","blocksize":64,"dtype":"float32","shape":[2,64]}"#
        let nested =
            String(sound.dropLast()) + #","nested_blocksize":256,"nested_dtype":"float32","nested_offset":0.25}"#
        var generator = ReproducibleGenerator(seed: 2, label: "damaged states")
        let map = (0..<256).map { Float($0) / 256 }
        var refused = 0
        for number in 0..<2000 {
            var bytes = Array((number % 2 == 0 ? sound : nested).utf8)
            for _ in 0..<Int.random(in: 1...2, using: &generator) where !bytes.isEmpty {
                let position = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: bytes[position] = UInt8.random(in: 0 ... .max, using: &generator)
                case 1: bytes[position] = UInt8.random(in: 48...57, using: &generator)
                case 2: bytes.remove(at: position)
                default: bytes.insert(UInt8(ascii: "9"), at: position)
                }
            }
            // The bytes become a state only if they are text; others can't come from the fixture.
            let text = String(decoding: bytes, as: UTF8.self)
            let tensors = Fixture.nf4(
                "m.weight", rows: 2, columns: 64, state: text, nested: number % 2 == 0 ? nil : ([9, 200], map, [2]))
            do {
                let matrix = try Self.matrix(tensors, rows: 2, columns: 64)
                #expect(matrix.floats().allSatisfy { $0.isFinite })
            } catch is any ConsiliumError {
                refused += 1
            }
        }
        #expect(refused > 1000)
    }

    // MARK: What bitsandbytes computed

    static var vectors: URL { (Bundle.module.resourceURL ?? Bundle.module.bundleURL).appendingPathComponent("Vectors") }

    @Test(
        "weights are those that bitsandbytes dequantizes", arguments: ["llama-nf4", "llama-nf4-double", "llama-int8"])
    func known(name: String) throws {
        let folder = Self.vectors.appendingPathComponent(name)
        let expected = try SafetensorsFile(url: folder.appendingPathComponent("dequantized.safetensors"))
        let tensor = "model.layers.0.mlp.down_proj.weight"
        let shape = try expected.entry(tensor).shape
        let found = try CheckpointSource(folder: folder).matrix(
            tensor, rows: shape[0], columns: shape[1], transposed: false, storage: .automatic)
        let values = try expected.floats(tensor)
        let size = values.map(abs).max() ?? 0
        // NF4 is exact; for int8 the order of two products may differ in the last digit.
        let tolerance = name == "llama-int8" ? size * 1e-6 : 0
        #expect(zip(found.floats(), values).allSatisfy { abs($0 - $1) <= tolerance })
    }
}
