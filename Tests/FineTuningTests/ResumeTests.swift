import ConsiliumCore
import ConsiliumTesting
import FineTuning
import Foundation
import LanguageModels
import Privacy
import Synchronization
import Testing

@Suite("Interrupted runs")
struct ResumeTests {
    struct Interruption: Error {}

    let vectors: TrainingVectors
    let folder: TemporaryFolder

    init() throws {
        vectors = try TrainingVectors("plain")
        folder = try TemporaryFolder()
    }

    var sequences: [TrainingSequence] { vectors.patients(9).flatMap { $0 } }

    /// Seven steps with everything that a checkpoint must hold: shuffled batches of several epochs, two a step, a schedule,
    /// moments, and a best adapter.
    func settings(_ change: (inout TrainingRun) -> Void = { _ in }) -> TrainingRun {
        var run = TrainingRun(
            schedule: LearningRateSchedule(peak: 0.05, warmupSteps: 2, finalFraction: 0.1, decay: .cosine),
            length: .steps(7), batchTokens: 20, seed: 3, clipNorm: 1)
        run.accumulation = 2
        run.validation = .init(sequences: vectors.sequences, every: 2, patience: 5)
        run.checkpointEvery = 1
        change(&run)
        return run
    }

    @discardableResult
    func train(
        _ run: TrainingRun, _ name: String, adapter: LoRAAdapter? = nil, data: [TrainingSequence]? = nil,
        baseHash: ContentHash? = nil, stopBefore step: Int? = nil, progress: ProgressHandler? = nil
    ) throws -> TrainingRun.Summary {
        var started = 0
        return try run.run(
            model: vectors.model, adapter: adapter ?? vectors.adapter, sequences: data ?? sequences, baseModel: "base",
            baseHash: baseHash, output: folder.path(name),
            mayContinue: {
                started += 1
                if started - 1 == step { throw Interruption() }
            }, progress: progress)
    }

    func weights(_ name: String) throws -> Data {
        try Data(contentsOf: folder.path("\(name)/adapter_model.safetensors"))
    }

    /// The metrics without what a clock says.
    func metrics(_ name: String) throws -> [[String: Double]] {
        try String(contentsOf: folder.path("\(name)/metrics.jsonl"), encoding: .utf8).split(separator: "\n").map {
            var line = try JSONDecoder().decode([String: Double].self, from: Data($0.utf8))
            for key in ["seconds", "seconds_left", "tokens_per_second"] { line[key] = nil }
            return line
        }
    }

    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() }

    @Test("stopped before any step and resumed, the adapter has the same bytes", arguments: 0..<7)
    func stopAnywhere(step: Int) throws {
        let whole = try train(settings(), "whole")
        #expect(throws: Interruption.self) { try train(settings(), "parts", stopBefore: step) }
        #expect(!FileManager.default.fileExists(atPath: folder.path("parts").path))
        var parts = try train(settings { $0.resumes = true }, "parts")
        #expect(parts.resumedAt == step)
        #expect(try weights("parts") == weights("whole"))
        #expect(try metrics("parts") == metrics("whole"))
        parts.resumedAt = nil
        parts.seconds = whole.seconds
        #expect(parts == whole && parts.steps == 7)
        #expect(try names() == ["parts", "whole"])
    }

    @Test(
        "stopped after every single step, the adapter has the same bytes",
        arguments: [.adamW, .sgd] as [OptimizerConfiguration.Method])
    func stopAlways(method: OptimizerConfiguration.Method) throws {
        let run = settings {
            $0.optimizer.method = method
            $0.resumes = true
        }
        try train(run, "whole")
        for _ in 0..<6 { #expect(throws: Interruption.self) { try train(run, "parts", stopBefore: 1) } }
        try train(run, "parts")
        #expect(try weights("parts") == weights("whole"))
        #expect(try metrics("parts") == metrics("whole"))
    }

    @Test("what a killed process leaves after any step is enough to go on with the same bytes", arguments: [1, 3])
    func kills(every: Int) throws {
        let run = settings { $0.checkpointEvery = every }
        let folder = folder
        // A copy of the hidden folder is what is left on the disk when the process dies at that moment.
        try train(run, "whole") { update in
            let step = Int(update.completed)
            try? FileManager.default.copyItem(
                at: folder.path(".whole.training"), to: folder.path(".killed-\(step).training"))
        }
        for step in 1...7 {
            let lines = try String(
                contentsOf: folder.path(".killed-\(step).training/metrics.jsonl"), encoding: .utf8)
            #expect(lines.count { $0 == "\n" } == step)
            let summary = try train(
                settings {
                    $0.checkpointEvery = every
                    $0.resumes = true
                }, "killed-\(step)")
            #expect(summary.resumedAt == (step < every ? nil : step - step % every))
            #expect(try weights("killed-\(step)") == weights("whole"))
            #expect(try metrics("killed-\(step)") == metrics("whole"))
        }
    }

    @Test("a finished run that died before its folder appeared only writes it")
    func diedAtTheEnd() throws {
        let folder = folder
        try train(settings(), "whole") { update in
            guard update.completed == 7 else { return }
            try? FileManager.default.copyItem(at: folder.path(".whole.training"), to: folder.path(".dead.training"))
        }
        try folder.write(".dead.training/result/half", "what was being written")
        let summary = try train(settings { $0.resumes = true }, "dead")
        #expect(!FileManager.default.fileExists(atPath: folder.path("dead/half").path))
        #expect(summary.resumedAt == 7 && summary.steps == 7)
        #expect(try weights("dead") == weights("whole"))
    }

    @Test("a checkpoint of another base, adapter, data or settings is refused by name, and stays")
    func otherRuns() throws {
        let base = ContentHash(of: Data("base".utf8))
        #expect(throws: Interruption.self) { try train(settings(), "out", baseHash: base, stopBefore: 3) }
        let resuming = settings { $0.resumes = true }
        func refusal(_ body: () throws -> Void) -> String {
            do {
                try body()
            } catch let error as FineTuningError where error.code == .checkpointMismatch {
                return error.message
            } catch {}
            return ""
        }
        #expect(
            refusal { try train(resuming, "out", baseHash: ContentHash(of: Data("other".utf8))) }.contains("base model")
        )
        var other = vectors.adapter
        try other.setParameters(other.parameters.map { $0 * 1.0001 })
        #expect(refusal { try train(resuming, "out", adapter: other, baseHash: base) }.contains("adapter"))
        #expect(
            refusal { try train(resuming, "out", data: vectors.sequences, baseHash: base) }.contains("another data"))
        let changes: [(String, (inout TrainingRun) -> Void)] = [
            ("seed", { $0.seed = 4 }), ("schedule", { $0.schedule?.peak = 1 }), ("length", { $0.length = .steps(9) }),
            ("batch size", { $0.batchTokens = 21 }), ("accumulation", { $0.accumulation = 1 }),
            ("optimizer", { $0.optimizer.beta1 = 0.5 }), ("clip norm", { $0.clipNorm = nil }),
            ("threads", { $0.threads = 2 }), ("validation", { $0.validation = nil }),
            ("factors", { $0.trainable = .onlyB }), ("shuffling", { $0.shuffles = false }),
        ]
        for (name, change) in changes {
            var run = resuming
            change(&run)
            #expect(refusal { try train(run, "out", baseHash: base) }.contains(name))
        }
        try train(resuming, "out", baseHash: base)
        #expect(try names() == ["out"])
    }

    @Test("an interrupted run is not overwritten without being asked, and a damaged checkpoint is refused")
    func inTheWay() throws {
        #expect(throws: Interruption.self) { try train(settings(), "out", stopBefore: 3) }
        #expect(throws: FineTuningError(.runUnfinished, "")) { try train(settings(), "out") }
        let file = folder.path(".out.training/checkpoint.safetensors")
        let sound = try Data(contentsOf: file)
        for damaged in [Data(), sound.prefix(100), sound.dropLast(4), Data("{}".utf8)] {
            try damaged.write(to: file)
            #expect(throws: FineTuningError(.checkpointMismatch, "")) {
                try train(settings { $0.resumes = true }, "out")
            }
        }
        try sound.write(to: file)
        try train(settings { $0.resumes = true }, "out")
    }

    @Test("two runs into one folder are kept apart")
    func locked() throws {
        let error = Mutex<(any Error)?>(nil)
        let vectors = vectors
        let output = folder.path("out")
        try train(settings(), "out") { update in
            guard update.completed == 2 else { return }
            do {
                var other = TrainingRun(length: .steps(1))
                other.resumes = true
                _ = try other.run(
                    model: vectors.model, adapter: vectors.adapter, sequences: vectors.sequences, baseModel: "base",
                    output: output)
            } catch let fault {
                error.withLock { $0 = fault }
            }
        }
        #expect(error.withLock { $0 as? FineTuningError } == FineTuningError(.runLocked, ""))
    }

    @Test("without checkpoints an interruption leaves nothing, and resuming nothing begins")
    func nothingToResume() throws {
        #expect(throws: Interruption.self) { try train(settings { $0.checkpointEvery = nil }, "out", stopBefore: 3) }
        #expect(try names().isEmpty)
        let summary = try train(settings { $0.resumes = true }, "out")
        #expect(summary.resumedAt == nil && summary.steps == 7)
    }

    @Test("a private run counts every step that was started, lost ones too, and samples afresh")
    func privateAttempts() throws {
        func run(_ seed: UInt64) throws -> TrainingRun {
            var run = TrainingRun(
                length: .steps(6),
                privacy: .init(
                    mechanism: try GaussianMechanism(clipNorm: 1, noiseMultiplier: 1), samplingRate: 0.5,
                    random: SeededRandom(seed: seed)))
            run.checkpointEvery = 4
            run.resumes = true
            return run
        }
        let folder = folder
        let straight = try train(try run(1), "whole") { update in
            guard update.completed == 6 else { return }
            try? FileManager.default.copyItem(at: folder.path(".whole.training"), to: folder.path(".killed.training"))
        }
        #expect(straight.steps == 6 && straight.startedSteps == 6)
        let resumed = try train(try run(2), "killed")
        #expect(resumed.resumedAt == 4 && resumed.steps == 6)
        // Six before the kill, two of which are lost and taken again.
        #expect(resumed.startedSteps == 8)
        #expect(try weights("killed") != weights("whole"))
    }
}
