import ConsiliumTesting
import Foundation
import Tensors
import Testing

@testable import LanguageModels

@Suite("Weights of a checkpoint")
struct CheckpointSourceTests {
    typealias Fixture = CheckpointFixture

    struct Kept: Sendable, CustomTestStringConvertible {
        var type: ElementType
        var storage: BaseStorage
        var format: FrozenMatrix.Format
        var testDescription: String { "\(type.rawValue) as \(storage.rawValue)" }
    }

    @Test(
        "every float type is kept in every storage",
        arguments: [
            Kept(type: .float32, storage: .automatic, format: .float32),
            Kept(type: .float16, storage: .automatic, format: .float16),
            Kept(type: .bfloat16, storage: .automatic, format: .bfloat16),
            Kept(type: .float64, storage: .automatic, format: .float32),
            Kept(type: .float32, storage: .bfloat16, format: .bfloat16),
            Kept(type: .float16, storage: .bfloat16, format: .float16),
            Kept(type: .float16, storage: .float32, format: .float32),
            Kept(type: .bfloat16, storage: .float32, format: .float32),
            Kept(type: .bfloat16, storage: .int8, format: .int8),
            Kept(type: .float32, storage: .nf4, format: .nf4),
        ], [false, true])
    func kept(given: Kept, transposed: Bool) throws {
        let fixture = try Fixture()
        let (rows, columns) = (5, 128)
        let values = Fixture.exact(rows * columns)
        let turned = (0..<columns).flatMap { column in (0..<rows).map { values[$0 * columns + column] } }
        let shape = transposed ? [columns, rows] : [rows, columns]
        try fixture.write([.floats("w", given.type, shape, transposed ? turned : values)])
        let source = try fixture.source()
        let matrix = try source.matrix(
            "w", rows: rows, columns: columns, transposed: transposed, storage: given.storage)
        #expect(matrix.format == given.format)
        #expect(matrix.rows == rows && matrix.columns == columns)
        guard given.format == .int8 || given.format == .nf4 else {
            #expect(matrix.floats() == values)
            return
        }
        let writer = try FrozenMatrixWriter(format: given.format, rows: rows, columns: columns)
        writer.write(values, rows: 0..<rows)
        #expect(matrix.floats() == writer.finish().floats())
    }

    @Test("a weight that needs no conversion lies in the mapped file")
    func mapped() throws {
        let fixture = try Fixture()
        try fixture.write([.floats("w", .bfloat16, [4, 64], Fixture.exact(256)), .floats("v", [2], [1, 2])])
        let file = try SafetensorsFile(url: fixture.url.appendingPathComponent("model.safetensors"))
        let mapped = try #require(try file.mapped("w", rows: 4, columns: 64))
        #expect(try mapped.data == file.bytes("w").baseAddress)
        #expect(throws: TensorsError(.wrongShape, "")) { try file.mapped("w", rows: 4, columns: 63) }
        #expect(throws: TensorsError(.missingTensor, "")) { try file.mapped("x", rows: 4, columns: 64) }
    }

    @Test("a foreign file that does not align its numbers is copied")
    func unaligned() throws {
        let fixture = try Fixture()
        try fixture.write([
            .init(name: "odd", type: .uint8, shape: [1], bytes: [1]), .floats("w", [2, 3], Fixture.exact(6)),
        ])
        let file = try SafetensorsFile(url: fixture.url.appendingPathComponent("model.safetensors"))
        #expect(try file.mapped("w", rows: 2, columns: 3)?.format == nil)
        let matrix = try fixture.source().matrix("w", rows: 2, columns: 3, transposed: false, storage: .automatic)
        #expect(matrix.floats() == Fixture.exact(6))
    }

    @Test("old names are found, the present ones first")
    func aliases() throws {
        let fixture = try Fixture()
        try fixture.write([
            .floats("h.0.w", [1, 2], [1, 2]), .floats("norm.gamma", [2], [3, 4]), .floats("both", [1], [5]),
            .floats("old.both", [1], [6]),
        ])
        let source = try fixture.source { name in
            name == "both" ? ["old.both"] : [name.replacingOccurrences(of: "transformer.", with: ""), "norm.gamma"]
        }
        #expect(source.contains("transformer.h.0.w") && source.contains("norm.weight"))
        let matrix = try source.matrix(
            "transformer.h.0.w", rows: 1, columns: 2, transposed: false, storage: .automatic)
        #expect(matrix.floats() == [1, 2])
        #expect(try source.vector("norm.weight", shape: [2]) == [3, 4])
        #expect(try source.vector("both", shape: [1]) == [5])
        // What was read under an old name counts as read.
        #expect(throws: LanguageModelsError(.notBuiltYet, "")) { try source.requireNothingElse { _ in false } }
        try source.requireNothingElse { $0 == "old.both" }
    }

    @Test("a weight that the model does not use is refused unless it is known to be redundant")
    func nothingElse() throws {
        let fixture = try Fixture()
        try fixture.write([.floats("w", [1], [1]), .floats("w.bias", [1], [1])])
        let source = try fixture.source()
        _ = try source.vector("w", shape: [1])
        #expect(throws: LanguageModelsError(.notBuiltYet, "")) { try source.requireNothingElse { $0 == "other" } }
        try source.requireNothingElse { $0 == "w.bias" }
    }

    @Test("other shapes than asked for, missing tensors and integers are refused")
    func refused() throws {
        let fixture = try Fixture()
        try fixture.write([
            .floats("w", [2, 64], Fixture.exact(128)),
            .init(name: "i", type: .int64, shape: [2, 1], bytes: [UInt8](repeating: 0, count: 16)),
            .init(name: "f8.weight", type: .float8E4M3, shape: [2, 64], bytes: [UInt8](repeating: 0, count: 128)),
        ])
        let source = try fixture.source()
        func matrix(_ name: String, _ rows: Int, _ columns: Int, transposed: Bool = false) throws {
            _ = try source.matrix(name, rows: rows, columns: columns, transposed: transposed, storage: .automatic)
        }
        #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) { try matrix("w", 64, 2) }
        #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) { try matrix("w", 2, 64, transposed: true) }
        #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) { try matrix("w", 128, 1) }
        #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) { try matrix("missing", 2, 64) }
        #expect(throws: LanguageModelsError(.notBuiltYet, "")) { try matrix("i", 2, 1) }
        #expect(throws: LanguageModelsError(.notBuiltYet, "")) { try matrix("f8.weight", 2, 64) }
        #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) { try source.vector("w", shape: [128]) }
        #expect(throws: TensorsError(.unsupportedType, "")) { try source.vector("i", shape: [2, 1]) }
        // NF4 of rows that don't end with a block.
        #expect(throws: TensorsError(.wrongShape, "")) {
            try source.matrix("w", rows: 64, columns: 2, transposed: true, storage: .nf4)
        }
    }

    @Test(
        "a weight with NaN or infinity is refused, mapped or converted",
        arguments: [ElementType.float32, .float16, .bfloat16], BaseStorage.allCases)
    func finite(type: ElementType, storage: BaseStorage) throws {
        for value in [Float.nan, .infinity] {
            let fixture = try Fixture()
            var values = Fixture.exact(256)
            values[200] = value
            try fixture.write([.floats("w", type, [4, 64], values), .floats("v", type, [256], values)])
            let source = try fixture.source()
            #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) {
                try source.matrix("w", rows: 4, columns: 64, transposed: false, storage: storage)
            }
            #expect(throws: LanguageModelsError(.malformedCheckpoint, "")) { try source.vector("v", shape: [256]) }
        }
    }

    @Test("automatic storage keeps small models in float32 and quantized ones as they are")
    func automatic() throws {
        let fixture = try Fixture()
        try fixture.write([.floats("w", .bfloat16, [2, 2], [1, 2, 3, 4])])
        #expect(try fixture.source().resolve(.automatic) == .float32)
        #expect(try fixture.source().resolve(.int8) == .int8)
        let quantized = try Fixture()
        try quantized.write(Fixture.int8("m", [1, 2], rows: 1, scales: [1]))
        #expect(try quantized.source().resolve(.automatic) == .automatic)
    }

    @Test("random weights are the same in every storage, within its rounding")
    func random() throws {
        let source = RandomWeights(seed: 5)
        let exact = try source.matrix("a", rows: 8, columns: 256, transposed: false, storage: .float32).floats()
        #expect(exact.allSatisfy { abs($0) <= 1.7 / 16 })
        #expect(try source.vector("h.0.ln_1.weight", shape: [3]) == [1, 1, 1])
        #expect(try source.vector("model.norm.weight", shape: [1]) == [1])
        #expect(try source.vector("bert.LayerNorm.weight", shape: [1]) == [1])
        #expect(try source.vector("model.norm.bias", shape: [2]) != [1, 1])
        for storage in BaseStorage.allCases {
            let found = try source.matrix("a", rows: 8, columns: 256, transposed: false, storage: storage).floats()
            #expect(zip(exact, found).allSatisfy { abs($0 - $1) < 0.02 })
            #expect(storage == .automatic || storage == .float32 || found != exact)
        }
        let other = try source.matrix("b", rows: 8, columns: 256, transposed: false, storage: .float32).floats()
        #expect(other != exact)
    }
}
