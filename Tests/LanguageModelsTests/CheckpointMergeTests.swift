import ConsiliumCore
import ConsiliumTesting
import Foundation
import Tensors
import Testing

@testable import LanguageModels

@Suite("Saving changed models")
struct CheckpointMergeTests {
    typealias Fixture = CheckpointFixture

    static let config =
        #"{"model_type": "x", "rms_norm_eps": 1e-05, "quantization_config": {"load_in_4bit": true}, "n": 1}"#

    /// A folder with what a model folder has beside its weights.
    static func folder() throws -> Fixture {
        let fixture = try Fixture()
        for (name, text) in [
            ("config.json", config), ("tokenizer.json", "{}"), ("generation_config.json", "{ }"),
            ("LICENSE.txt", "free"),
            ("README.md", "the base"), ("pytorch_model.bin", "old weights"), ("training_args.bin", "x"),
        ] {
            try fixture.folder.write(name, text)
        }
        return fixture
    }

    struct Output {
        let parent: TemporaryFolder
        var url: URL { parent.path("merged") }

        init() throws { parent = try TemporaryFolder() }

        var names: [String] {
            ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
        }
        var isUntouched: Bool {
            (try? FileManager.default.contentsOfDirectory(atPath: parent.url.path))?.isEmpty == true
        }

        func file(_ name: String = "model.safetensors") throws -> SafetensorsFile {
            try SafetensorsFile(url: url.appendingPathComponent(name))
        }

        func text(_ name: String) throws -> String {
            String(decoding: try Data(contentsOf: url.appendingPathComponent(name)), as: UTF8.self)
        }
    }

    @Test(
        "a delta is added in float32 and rounded to the file's type",
        arguments: [ElementType.float32, .float16, .bfloat16])
    func delta(type: ElementType) throws {
        let base = try Self.folder()
        let weight = Fixture.exact(6)
        let kept = Fixture.Tensor(name: "ids", type: .int64, shape: [1], bytes: [1, 2, 3, 4, 5, 6, 7, 8])
        try base.write([kept, .floats("w", type, [2, 3], weight), .floats("norm", type, [3], [1, 2, 3])])
        let output = try Output()
        let change: [Float] = [0.001, -0.25, 0.7, 0, 1e-9, 0.333]
        try MergedCheckpoint.write(
            base: base.url, weights: [WeightChange(name: "w", rows: 2, columns: 3)], to: output.url
        ) { _ in change }
        let file = try output.file()
        #expect(file.namesInFileOrder == ["ids", "w", "norm"])
        #expect(try file.entry("w").type == type)
        let expected = zip(weight, change).map { weight, change -> Float in
            switch type {
            case .float16: Float(Float16(weight + change))
            case .bfloat16: Self.bfloat16(weight + change)
            default: weight + change
            }
        }
        #expect(try file.floats("w") == expected)
        #expect(try Array(file.bytes("ids")) == kept.bytes)
        #expect(try file.floats("norm") == [1, 2, 3])
        #expect(
            output.names == [
                "LICENSE.txt", "config.json", "generation_config.json", "model.safetensors", "tokenizer.json",
            ])
        #expect(try output.text("config.json") == Self.config)
        #expect(try FileManager.default.contentsOfDirectory(atPath: output.parent.url.path) == ["merged"])
    }

    static func bfloat16(_ value: Float) -> Float {
        let bits = value.bitPattern
        return Float(bitPattern: (bits + 0x7fff + (bits >> 16 & 1)) & 0xffff_0000)
    }

    @Test("a large weight is merged in panels, turned or not", arguments: [false, true])
    func panels(transposed: Bool) throws {
        let base = try Self.folder()
        // More than the million numbers of a panel, whichever way it is turned.
        let (rows, columns) = (1500, 1100)
        let stored = Fixture.exact(rows * columns)
        try base.write([.floats("w", transposed ? [columns, rows] : [rows, columns], stored)])
        let output = try Output()
        let weight = WeightChange(name: "w", rows: rows, columns: columns, isTransposed: transposed)
        let change = (0..<rows * columns).map { Float($0 % 1009) }
        try MergedCheckpoint.write(base: base.url, weights: [weight], to: output.url) { _ in change }
        let found = try CheckpointSource(folder: output.url).matrix(
            "w", rows: rows, columns: columns, transposed: transposed, storage: .float32
        ).floats()
        var wrong = 0
        for row in 0..<rows {
            for column in 0..<columns {
                let place = row * columns + column
                let old = stored[transposed ? column * rows + row : place]
                if found[place] != old + change[place] { wrong += 1 }
            }
        }
        #expect(wrong == 0)
    }

    @Test("shards stay shards, and the index names them")
    func shards() throws {
        let base = try Self.folder()
        try base.write([.floats("a", [2, 2], [1, 2, 3, 4])], file: "one.safetensors")
        try base.write([.floats("b", .bfloat16, [2], [5, 6]), .floats("c", [1], [7])], file: "two.safetensors")
        try base.writeIndex(["a": "one.safetensors", "b": "two.safetensors", "c": "two.safetensors"])
        let output = try Output()
        try MergedCheckpoint.write(
            base: base.url, weights: [WeightChange(name: "a", rows: 2, columns: 2)], to: output.url
        ) { _ in [1, 1, 1, 1] }
        let source = try CheckpointSource(folder: output.url)
        #expect(
            try source.matrix("a", rows: 2, columns: 2, transposed: false, storage: .automatic).floats() == [
                2, 3, 4, 5,
            ])
        #expect(try source.vector("b", shape: [2]) == [5, 6])
        let index = try StrictJSON(Data(output.text("model.safetensors.index.json").utf8), what: "index")
        #expect(index["metadata"]?["total_size"]?.integer == 16 + 4 + 4)
        #expect(index["weight_map"]?["c"]?.text == "two.safetensors")
        #expect(index["weight_map"]?.members?.count == 3)
    }

    @Test("a quantized base becomes a plain one in BF16")
    func quantized() throws {
        let base = try Self.folder()
        let nf4 = Fixture.nf4("m.weight", rows: 2, columns: 64)
        try base.write(
            nf4 + Fixture.int8("n", [1, 2, 3, 4], rows: 2, scales: [127, 254]) + [.floats("norm", .float16, [1], [1])])
        let output = try Output()
        try MergedCheckpoint.write(
            base: base.url,
            // What is quantized is never turned in the file.
            weights: [WeightChange(name: "m.weight", rows: 2, columns: 64, isTransposed: true)], to: output.url
        ) { _ in (0..<128).map { Float($0) / 100 } }
        let file = try output.file()
        #expect(file.tensorNames == ["m.weight", "n.weight", "norm"])
        let old = Fixture.unpacked(nf4[0].bytes, scales: [0.125, 0.25], count: 128)
        #expect(try file.floats("m.weight") == old.enumerated().map { Self.bfloat16($1 + Float($0) / 100) })
        #expect(try file.floats("n.weight") == [1, 2, 6, 8])
        #expect(try file.entry("n.weight").type == .bfloat16)
        #expect(try file.entry("n.weight").shape == [2, 2])
        #expect(try file.entry("norm").type == .float16)
        #expect(try output.text("config.json") == #"{"model_type": "x", "rms_norm_eps": 1e-05, "n": 1}"#)
    }

    @Test("trained weights replace those of the base, vectors too, under the names of the file")
    func replaced() throws {
        let base = try Self.folder()
        try base.write([
            .floats("h.w", .float16, [3, 2], Fixture.exact(6)), .floats("gamma", [2], [1, 1]),
            .floats("other", [1], [9]),
        ])
        let output = try Output()
        try ModelCheckpointWriter.write(
            base: base.url,
            weights: [
                WeightChange(name: "transformer.h.w", rows: 2, columns: 3, isTransposed: true),
                WeightChange(name: "norm.weight", rows: 2, columns: nil),
            ],
            aliases: { $0 == "norm.weight" ? ["gamma"] : [String($0.dropFirst(12))] }, to: output.url
        ) { $0.rows == 2 && $0.width == nil ? [3, 4] : [1, 2, 3, 4, 5, 6] }
        let file = try output.file()
        #expect(try file.floats("h.w") == [1, 4, 2, 5, 3, 6])
        #expect(try file.entry("h.w").type == .float16)
        #expect(try file.floats("gamma") == [3, 4])
        #expect(try file.floats("other") == [9])
    }

    @Test("progress reaches the end, and an empty target folder is taken")
    func progress() throws {
        let base = try Self.folder()
        try base.write([.floats("w", [256, 64], Fixture.exact(256 * 64)), .floats("v", [1], [1])])
        let output = try Output()
        try FileManager.default.createDirectory(at: output.url, withIntermediateDirectories: false)
        let seen = ProgressRecorder()
        try MergedCheckpoint.write(base: base.url, weights: [], to: output.url, progress: seen.handler) { _ in [] }
        #expect(seen.updates.count == 2)
        #expect(seen.updates.allSatisfy { $0.completed <= ($0.total ?? 0) })
        #expect(try output.file().floats("v") == [1])
    }

    // MARK: Refusals: nothing is left behind

    struct Fault: Error {}

    struct Refusal: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var weight = WeightChange(name: "w", rows: 2, columns: 3)
        var values: [Float] = [1, 2, 3, 4, 5, 6]
        var code: LanguageModelsError.Code
    }

    @Test(
        "a delta that can't be merged leaves nothing behind",
        arguments: [
            Refusal(
                testDescription: "missing weight", weight: WeightChange(name: "x", rows: 2, columns: 3),
                code: .malformedCheckpoint),
            Refusal(
                testDescription: "another shape", weight: WeightChange(name: "w", rows: 3, columns: 2),
                code: .malformedCheckpoint),
            Refusal(
                testDescription: "turned", weight: WeightChange(name: "w", rows: 2, columns: 3, isTransposed: true),
                code: .malformedCheckpoint),
            Refusal(testDescription: "too few numbers", values: [1], code: .invalidConfiguration),
            Refusal(testDescription: "NaN", values: [1, 2, 3, 4, 5, .nan], code: .numericalFault),
            Refusal(testDescription: "beyond float16", values: [1, 2, 3, 4, 5, 65520], code: .numericalFault),
        ])
    func refused(refusal: Refusal) throws {
        let base = try Self.folder()
        try base.write([.floats("w", .float16, [2, 3], [0, 0, 0, 0, 0, 0])])
        let output = try Output()
        #expect(throws: LanguageModelsError(refusal.code, "")) {
            try MergedCheckpoint.write(base: base.url, weights: [refusal.weight], to: output.url) { _ in refusal.values
            }
        }
        #expect(output.isUntouched)
    }

    @Test("an error in between leaves nothing behind, and the base as it was")
    func fault() throws {
        let base = try Self.folder()
        try base.write([.floats("w", [1], [1])])
        let before = try FileManager.default.contentsOfDirectory(atPath: base.url.path).sorted()
        let output = try Output()
        #expect(throws: Fault.self) {
            try MergedCheckpoint.write(
                base: base.url, weights: [WeightChange(name: "w", rows: 1, columns: nil)], to: output.url
            ) { _ in throw Fault() }
        }
        #expect(output.isUntouched)
        #expect(try FileManager.default.contentsOfDirectory(atPath: base.url.path).sorted() == before)
    }

    @Test("a folder that has something in it is never written to, nor a file")
    func occupied() throws {
        let base = try Self.folder()
        try base.write([.floats("w", [1], [1])])
        let output = try Output()
        try output.parent.write("merged/notes.txt", "mine")
        #expect(throws: LanguageModelsError(.invalidConfiguration, "")) {
            try MergedCheckpoint.write(base: base.url, weights: [], to: output.url) { _ in [] }
        }
        #expect(output.names == ["notes.txt"])
        #expect(throws: LanguageModelsError(.invalidConfiguration, "")) {
            try MergedCheckpoint.write(base: base.url, weights: [], to: base.url) { _ in [] }
        }
        let file = try output.parent.write("file", "x")
        #expect(throws: LanguageModelsError(.invalidConfiguration, "")) {
            try MergedCheckpoint.write(base: base.url, weights: [], to: file) { _ in [] }
        }
    }

    @Test("a weight can't be changed twice, also not under its old name")
    func twice() throws {
        let base = try Self.folder()
        try base.write([.floats("w", [1], [1])])
        #expect(throws: LanguageModelsError(.invalidConfiguration, "")) {
            try CheckpointWriter(
                base: base.url,
                changes: [
                    WeightChange(name: "w", rows: 1, columns: nil), WeightChange(name: "new.w", rows: 1, columns: nil),
                ],
                aliases: { _ in ["w"] })
        }
    }
}

/// Keeps the progress that was reported.
final class ProgressRecorder: @unchecked Sendable {
    private let lock = NSLock()
    private var list: [ProgressUpdate] = []

    var updates: [ProgressUpdate] { lock.withLock { list } }
    var handler: ProgressHandler { { update in self.lock.withLock { self.list.append(update) } } }
}
