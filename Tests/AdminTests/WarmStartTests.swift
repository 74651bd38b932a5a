import Admin
import ConsiliumCore
import ConsiliumTesting
import Foundation
import LanguageModels
import Testing

@Suite("Warming A on public text")
struct WarmStartTests {
    let folder: TemporaryFolder
    let model = SharedData.packageRoot.appendingPathComponent("Assets/demo-base")

    init() throws { folder = try TemporaryFolder() }

    private func settings(_ change: (inout WarmStart.Settings) -> Void = { _ in }) -> WarmStart.Settings {
        var settings = WarmStart.Settings()
        settings.rank = 2
        settings.alpha = 4
        settings.targets = ["attention"]
        settings.steps = 12
        settings.batchSequences = 2
        settings.sequenceLength = 24
        change(&settings)
        return settings
    }

    private func adapter(_ name: String) throws -> LoRAAdapter {
        let configuration = try ModelConfiguration(
            huggingFace: Data(contentsOf: model.appendingPathComponent("config.json")))
        return try LoRAAdapter.load(from: folder.path(name), for: configuration)
    }

    static let text = (1...60).map { "The heart is of normal size and the lungs are clear in case \($0). " }.joined()

    @Test("A learns, B is zero, and the same text gives the same bytes")
    func warms() throws {
        let file = try folder.write("public.txt", Self.text)
        let warm = WarmStart(model: model, settings: settings())
        let outcome = try warm.run(text: file, to: folder.path("one"))
        _ = try warm.run(text: file, to: folder.path("two"))
        #expect(outcome.steps == 12 && outcome.tokens > 100)
        #expect(outcome.lastLoss < outcome.firstLoss)
        let (one, two) = (try adapter("one"), try adapter("two"))
        #expect(one == two)
        let fresh = try LoRAAdapter(
            configuration: LoRAConfiguration(rank: 2, alpha: 4, targets: ["attention"]),
            for: ModelConfiguration(huggingFace: Data(contentsOf: model.appendingPathComponent("config.json"))), seed: 1
        )
        for tensor in one.layout {
            if tensor.isA {
                #expect(one.parameters[tensor.range] != fresh.parameters[tensor.range])
            } else {
                #expect(one.parameters[tensor.range].allSatisfy { $0 == 0 })
            }
        }
    }

    @Test("JSON Lines are documents of their own")
    func lines() throws {
        let line = #"{"text":"The heart is of normal size and the lungs are clear today."}"# + "\n"
        let file = try folder.write("public.jsonl", String(repeating: line, count: 20))
        let outcome = try WarmStart(model: model, settings: settings { $0.steps = 1 }).run(
            text: file, to: folder.path("out"))
        #expect(outcome.steps == 1)
        try folder.write("bad.jsonl", line + "{}\n")
        let error = #expect(throws: AdminError(.invalidDraft, "")) {
            try WarmStart(model: model, settings: settings()).run(
                text: folder.path("bad.jsonl"), to: folder.path("out"))
        }
        #expect(error?.message.contains("line 2") == true)
    }

    @Test("too little text, no text, and settings without sense are refused")
    func refused() throws {
        let short = try folder.write("short.txt", "Normal.")
        #expect(throws: AdminError(.invalidDraft, "")) {
            try WarmStart(model: model, settings: settings()).run(text: short, to: folder.path("out"))
        }
        #expect(throws: AdminError(.fileMissing, "")) {
            try WarmStart(model: model, settings: settings()).run(
                text: folder.path("none.txt"), to: folder.path("out"))
        }
        #expect(throws: AdminError(.invalidOption, "")) {
            try WarmStart(model: model, settings: settings { $0.steps = 0 }).run(text: short, to: folder.path("out"))
        }
    }
}
