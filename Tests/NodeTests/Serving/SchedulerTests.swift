import ConsiliumTesting
import Foundation
import LanguageModels
import Testing
import Tokenizers

@testable import Node

@Suite("Many callers, one model")
struct SchedulerTests {
    let fixture: ServingFixture

    init() throws { fixture = try ServingFixture() }

    @Test("each of many gets the answer that it would get alone", .timeLimit(.minutes(60)))
    func manyAtOnce() async throws {
        let scheduler = try fixture.scheduler()
        let questions = (0..<12).map { "Question \($0 % 5): what helps against pain?" }
        let answers = try await withThrowingTaskGroup(of: (Int, GeneratedWhole).self) { group in
            for (index, question) in questions.enumerated() {
                let events = try scheduler.submit(fixture.order(question))
                group.addTask { (index, try await GeneratedWhole(events)) }
            }
            return try await group.reduce(into: [Int: GeneratedWhole]()) { $0[$1.0] = $1.1 }
        }
        #expect(answers.count == questions.count)
        for (index, question) in questions.enumerated() {
            let order = try fixture.order(question)
            let alone = try fixture.assistant.model.generate(prompt: order.prompt, settings: order.sampling)
            #expect(answers[index]?.tokens.map(\.token) == alone)
            #expect(answers[index]?.text == fixture.assistant.tokenizer.decode(alone))
            #expect(answers[index]?.summary.reason == .length)
        }
        // Equal questions shared their work.
        #expect(answers.values.contains { $0.summary.reusedTokens > 0 })
    }

    @Test("a full queue refuses, and whoever goes away makes room", .timeLimit(.minutes(60)))
    func bounded() async throws {
        let scheduler = try fixture.scheduler {
            $0.running = 1
            $0.waiting = 2
        }
        var streams: [AsyncStream<GenerationEvent>] = []
        // The first one runs as soon as the thread sees it.
        streams.append(try scheduler.submit(fixture.order("long", tokens: 400)))
        while scheduler.load.running == 0 {
            try await Task.sleep(for: .milliseconds(5))
            // On a busy machine it may be over before this task gets its turn.
            if scheduler.load == (0, 0) { streams[0] = try scheduler.submit(fixture.order("long", tokens: 400)) }
        }
        streams.append(try scheduler.submit(fixture.order("second", tokens: 400)))
        streams.append(try scheduler.submit(fixture.order("third", tokens: 4)))
        #expect(throws: NodeError(.busy, "")) { try scheduler.submit(fixture.order("fourth")) }
        #expect(scheduler.load.running == 1 && scheduler.load.waiting == 2)
        // Two hang up: the third is served.
        let third = streams.removeLast()
        streams.removeAll()
        #expect(try await GeneratedWhole(third).summary.tokens == 4)
        while scheduler.load != (0, 0) { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test("stopping ends what runs and what waits", .timeLimit(.minutes(60)))
    func stopping() async throws {
        let scheduler = try fixture.scheduler { $0.running = 1 }
        let streams = try (0..<3).map { try scheduler.submit(fixture.order("number \($0)", tokens: 400)) }
        scheduler.stop()
        for stream in streams {
            await #expect(throws: GenerationFailure.stopping) { try await GeneratedWhole(stream) }
        }
        #expect(throws: NodeError(.busy, "")) { try scheduler.submit(fixture.order("late")) }
    }

    @Test(
        "draining refuses what is new and what waits, lets what runs go on, and cuts it off in the end",
        .timeLimit(.minutes(60)))
    func draining() async throws {
        let scheduler = try fixture.scheduler { $0.running = 1 }
        let short = try scheduler.submit(fixture.order("short", tokens: 3))
        while scheduler.load.waiting > 0 { try await Task.sleep(for: .milliseconds(2)) }
        await scheduler.drain(for: .seconds(240))
        #expect(try await GeneratedWhole(short).summary.tokens == 3)
        #expect(throws: NodeError(.busy, "")) { try scheduler.submit(fixture.order("late")) }

        let other = try fixture.scheduler { $0.running = 1 }
        let running = try other.submit(fixture.order("endless", tokens: 450))
        while other.load.running == 0 { try await Task.sleep(for: .milliseconds(2)) }
        let waiting = try other.submit(fixture.order("waits", tokens: 450))
        await other.drain(for: .zero)
        await #expect(throws: GenerationFailure.stopping) { try await GeneratedWhole(running) }
        await #expect(throws: GenerationFailure.stopping) { try await GeneratedWhole(waiting) }
        #expect(other.load == (0, 0))
    }

    @Test("prompts that can't be answered are refused before they wait")
    func refused() throws {
        let scheduler = try fixture.scheduler { $0.cacheBytes = 100_000 }
        #expect(throws: NodeError(.badInput, "")) {
            try scheduler.submit(GenerationOrder(prompt: [], sampling: .init()))
        }
        let long = [Int32](repeating: 5, count: fixture.assistant.maximumLength)
        #expect(throws: NodeError(.badInput, "")) {
            try scheduler.submit(GenerationOrder(prompt: long, sampling: .init()))
        }
        #expect(throws: NodeError(.badInput, "")) {
            try scheduler.submit(fixture.order("needs more memory than there is", tokens: 100_000))
        }
        #expect(throws: LanguageModelsError(.invalidConfiguration, "")) {
            try scheduler.submit(
                GenerationOrder(prompt: [5], sampling: SamplingSettings(temperature: -1)))
        }
    }

    @Test("a conversation remembers, forgets what no longer fits, and stops when told to", .timeLimit(.minutes(60)))
    func conversation() async throws {
        var conversation = try Conversation(
            fixture.assistant, system: "Be brief.", sampling: SamplingSettings(maximumTokens: 12))
        var shown = ""
        let first = try await conversation.ask("What helps against pain?") { shown += $0 }
        #expect(first.text == shown)
        #expect(first.forgotten == 0)
        #expect(conversation.messages.map(\.role) == [.system, .user, .assistant])
        let second = try await conversation.ask("And against fever?") { _ in }
        #expect(conversation.messages.count == 5)
        #expect((second.summary?.reusedTokens ?? 0) > 0)
        let stopped = try await conversation.ask("Go on.", isStopped: { true }) { _ in }
        #expect(stopped.summary?.tokens ?? 1 <= 1)
        await #expect(throws: NodeError(.badInput, "")) {
            _ = try await conversation.ask(String(repeating: "word ", count: 40_000)) { _ in }
        }
        var forgotten = 0
        let filler = String(repeating: "pain ", count: max(1, fixture.assistant.maximumLength / 16))
        for _ in 0..<24 where forgotten == 0 { forgotten = try await conversation.ask(filler) { _ in }.forgotten }
        #expect(forgotten > 0)
        #expect(conversation.messages.first?.role == .system)
        conversation.clear()
        #expect(conversation.messages.count == 1)
    }

    @Test("a model without a chat template holds no conversation")
    func noTemplate() throws {
        let plain = try ServingFixture(template: nil)
        guard !plain.assistant.hasChat else { return }
        #expect(throws: NodeError(.badInput, "")) {
            _ = try Conversation(plain.assistant, system: nil, sampling: SamplingSettings())
        }
    }
}
