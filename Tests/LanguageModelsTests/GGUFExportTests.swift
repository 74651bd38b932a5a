import ConsiliumCore
import ConsiliumTesting
import Foundation
import Tensors
import Testing

@testable import LanguageModels

@Suite("Export as GGUF")
struct GGUFExportTests {
    private static func folder(of vector: String) -> URL {
        (Bundle.module.resourceURL ?? Bundle.module.bundleURL).appendingPathComponent("Vectors/\(vector)")
    }

    /// A vector's checkpoint as a file, read again.
    private static func export(
        _ vector: String, as format: GGUFFormat = .float16, adapter: URL? = nil
    ) throws -> (file: GGUFFile, summary: GGUFExport.Summary, source: CheckpointSource, model: ModelConfiguration) {
        let folder = try TemporaryFolder()
        let url = folder.path("model.gguf")
        let base = Self.folder(of: vector)
        let export = try GGUFExport(model: base, adapter: adapter)
        let summary = try export.write(to: url, as: format, name: "test", withTokenizer: false)
        let model = try ModelConfiguration.load(from: base)
        let file = try GGUFFile(url)
        #expect(summary.bytes == file.data.count)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["model.gguf"])
        return (
            file, summary, try CheckpointSource(folder: base) { ModelNames.aliases($0, model.family) }, model
        )
    }

    private static let exported = [
        ("plain", "llama"), ("biases-llama3", "llama"), ("linear-rope", "llama"), ("llama-nf4", "llama"),
        ("mistral-window", "llama"), ("mixtral", "llama"), ("qwen2-tied", "qwen2"), ("qwen3", "qwen3"),
        ("gemma", "gemma"), ("phi", "phi2"), ("gpt2", "gpt2"), ("gpt2-old", "gpt2"),
    ]

    @Test("every number of a checkpoint is in the file once, rounded to the format", arguments: exported)
    func numbers(vector: String, architecture: String) throws {
        for format in GGUFFormat.allCases {
            let (file, summary, source, model) = try Self.export(vector, as: format)
            #expect(file.version == 3 && file.values["general.architecture"] as? String == architecture)
            #expect(file.values["\(architecture).block_count"] as? UInt32 == UInt32(model.layers))
            #expect(summary.tensors == file.tensors.count && Set(file.tensors.map(\.name)).count == summary.tensors)
            var end = 0
            for (tensor, plan) in zip(file.tensors, GGUFTensorPlan.all(model, try GGUFArchitecture(model))) {
                #expect(tensor.name == plan.name && tensor.shape == plan.shape.reversed())
                #expect(tensor.offset.isMultiple(of: 32) && tensor.offset >= end && tensor.offset < end + 32)
                let values = try file.floats(tensor.name)
                let size =
                    tensor.type == 0 ? values.count * 4 : tensor.type == 1 ? values.count * 2 : values.count / 32 * 34
                end = tensor.offset + size
                let expected = try Self.expected(plan, source)
                let step = (expected.map(abs).max() ?? 0) / 127
                for (found, wanted) in zip(values, expected) {
                    let bound = tensor.type == 0 ? 0 : tensor.type == 1 ? abs(wanted) / 2048 + 1e-7 : step * 0.6
                    guard abs(found - wanted) <= bound else {
                        Issue.record("\(tensor.name) has \(found) for \(wanted)")
                        break
                    }
                }
            }
            #expect(file.start + (end + 31) / 32 * 32 == file.data.count)
        }
    }

    /// What a tensor should hold, by a formula of its own: llama.cpp's conversion reshapes [heads, 2, d/2] to [heads, d/2, 2].
    private static func expected(_ plan: GGUFTensorPlan, _ source: CheckpointSource) throws -> [Float] {
        var values: [Float]
        switch plan.source {
        case .values(let given): values = given
        case .vector(let name, let addsOne):
            values = try source.vector(name, shape: plan.shape)
            if addsOne { values = values.map { $0 + 1 } }
        case .matrices(let names, let isTransposed):
            values = try names.flatMap {
                try source.matrix(
                    $0, rows: plan.shape[plan.shape.count - 2], columns: plan.columns, transposed: isTransposed,
                    storage: .automatic
                ).floats()
            }
        }
        guard let size = plan.turnedHeadSize else { return values }
        let width = plan.shape.count == 1 ? 1 : plan.columns
        return (0..<values.count / width).flatMap { row -> ArraySlice<Float> in
            let (head, place) = (row / size, row % size)
            let from = head * size + place % 2 * (size / 2) + place / 2
            return values[from * width..<(from + 1) * width]
        }
    }

    // Merging rounds to the type of the base: bfloat16 has 8 bits.
    @Test(
        "with an adapter the file has what merging gives",
        arguments: [("plain", 1000), ("gpt2", 1000), ("mixtral", 250), ("qwen2-tied", 250)])
    func adapter(vector: String, parts: Float) throws {
        let folder = try TemporaryFolder()
        let base = Self.folder(of: vector)
        let adapter = base.appendingPathComponent("adapter")
        let (file, _, _, model) = try Self.export(vector, adapter: adapter)
        let merged = folder.path("merged")
        try LoRAAdapter.load(from: adapter, for: model).merge(base: base, to: merged)
        let source = try CheckpointSource(folder: merged) { ModelNames.aliases($0, model.family) }
        var changed = 0
        for plan in GGUFTensorPlan.all(model, try GGUFArchitecture(model)) {
            let wanted = try Self.expected(plan, source)
            let found = try file.floats(plan.name)
            let original = try Self.expected(
                plan, CheckpointSource(folder: base) { ModelNames.aliases($0, model.family) })
            if wanted != original { changed += 1 }
            guard zip(found, wanted).allSatisfy({ abs($0 - $1) <= abs($1) / parts + 1e-6 }) else {
                Issue.record("\(plan.name) is not what merging gives")
                continue
            }
        }
        #expect(changed > 0)
    }

    @Test(
        "what llama.cpp would compute differently is refused, and no file is left",
        // Here gemma2 scales attention by another number than its head size.
        arguments: ["bert-mlm", "bert-classification", "biogpt", "gemma2", "llama-yarn", "qwen2-yarn"])
    func refusals(vector: String) throws {
        #expect(throws: LanguageModelsError(.notBuiltYet, "")) { _ = try Self.export(vector) }
    }

    @Test("gemma 2 with the usual scale of attention has all of its numbers in the file")
    func gemma2() throws {
        let folder = try TemporaryFolder()
        let base = folder.path("gemma2")
        try FileManager.default.copyItem(at: Self.folder(of: "gemma2"), to: base)
        let text = try String(contentsOf: base.appendingPathComponent("config.json"), encoding: .utf8)
        let size = try ModelConfiguration.load(from: base).headSize
        let usual = text.replacing(/"query_pre_attn_scalar": *[0-9.]+/, with: "\"query_pre_attn_scalar\": \(size)")
        #expect(usual != text)
        try folder.write("gemma2/config.json", usual)
        _ = try GGUFExport(model: base, adapter: nil)
            .write(to: folder.path("model.gguf"), as: .float16, name: "test", withTokenizer: false)
        let file = try GGUFFile(folder.path("model.gguf"))
        let model = try ModelConfiguration.load(from: base)
        #expect(file.values["general.architecture"] as? String == "gemma2")
        let source = try CheckpointSource(folder: base) { ModelNames.aliases($0, model.family) }
        for plan in GGUFTensorPlan.all(model, try GGUFArchitecture(model)) {
            let found = try file.floats(plan.name)
            let wanted = try Self.expected(plan, source)
            #expect(zip(found, wanted).allSatisfy { abs($0 - $1) <= abs($1) / 2000 + 1e-7 }, "\(plan.name)")
        }
    }

    @Test("windows that the architecture lacks bound the context")
    func windows() throws {
        let (file, summary, _, model) = try Self.export("mistral-window")
        let window = try #require(model.windows.compactMap { $0 }.min())
        #expect(summary.contextLength == window && window < model.maximumPositions)
        #expect(file.values["llama.context_length"] as? UInt32 == UInt32(window))
    }

    @Test("numbers that float16 can't hold are refused, and no file is left")
    func tooLarge() throws {
        let folder = try TemporaryFolder()
        let url = folder.path("x.gguf")
        for (type, value) in [
            (GGUFElementType.float16, Float(70_000)), (.blocksOf8Bits, 1e8), (.blocksOf8Bits, .nan),
            (.float32, .infinity),
        ] {
            let tensor = GGUFStream.Tensor(name: "w", type: type, shape: [1, 32])
            let stream = try GGUFStream([tensor], metadata: [], to: url)
            let values = [Float](repeating: 1, count: 31) + [value]
            #expect(throws: TensorsError(.wrongShape, "")) {
                try values.withUnsafeBufferPointer { try stream.append($0) }
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }

    @Test("a file that lacks data, or is given too much, does not appear")
    func incomplete() throws {
        let folder = try TemporaryFolder()
        func stream(_ shape: [Int], _ type: GGUFElementType = .float32) throws -> GGUFStream {
            try GGUFStream([.init(name: "w", type: type, shape: shape)], metadata: [], to: folder.path("x.gguf"))
        }
        #expect(throws: TensorsError(.wrongShape, "")) { try stream([2, 3]).finish() }
        #expect(throws: TensorsError(.wrongShape, "")) {
            let stream = try stream([2, 3])
            try [Float](repeating: 0, count: 7).withUnsafeBufferPointer { try stream.append($0) }
        }
        for (shape, type) in [
            ([2, 33], GGUFElementType.blocksOf8Bits), ([0, 4], .float32), ([], .float32), ([Int.max, 4], .float32),
        ] {
            #expect(throws: TensorsError(.wrongShape, "")) { _ = try stream(shape, type) }
        }
        #expect(throws: TensorsError(.malformedFile, "")) {
            let tensor = GGUFStream.Tensor(name: "w", type: .float32, shape: [1])
            _ = try GGUFStream([tensor, tensor], metadata: [], to: folder.path("x.gguf"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
    }
}
