internal import ConsiliumCore
internal import Foundation
internal import LanguageModels

/// Gives many callers answers of one model at once, on a thread of its own: a few texts are continued together, the
/// others wait in a queue of fixed length.
///
/// A caller that drops its stream is forgotten: its text leaves the batch before the next token.
public final class GenerationScheduler: Sendable {
    public struct Limits: Sendable, Equatable {
        /// Texts that are continued at the same time.
        public var running = 4
        /// Texts that may wait for that.
        public var waiting = 64
        /// Keys and values in memory, of running texts and of kept prefixes.
        public var cacheBytes = 1 << 30

        public init() {}
    }

    struct Job: Sendable {
        let order: GenerationOrder
        let events: AsyncStream<GenerationEvent>.Continuation
    }

    private let worker: Worker
    public let limits: Limits

    /// - Throws: `LanguageModelsError` for a model that can't continue texts.
    public init(_ assistant: AssistantModel, limits: Limits = Limits()) throws {
        self.limits = limits
        let worker = try Worker(assistant, limits: limits)
        self.worker = worker
        let thread = Thread { worker.run() }
        thread.name = "generation"
        // Products of large models keep much on the stack of the calling thread.
        thread.stackSize = 8 << 20
        thread.start()
    }

    deinit { worker.stop() }

    /// Takes an order into the queue.
    /// - Returns: what happens to it. The stream ends after `.finished` or `.failed`.
    /// - Throws: ``NodeError`` `.busy` when the queue is full or the scheduler is stopped, `.badInput` for a prompt or
    ///   an answer that is too long for the model or the memory; `LanguageModelsError` for settings that make no sense.
    public func submit(_ order: GenerationOrder) throws -> AsyncStream<GenerationEvent> { try worker.submit(order) }

    /// Ends everything that runs or waits with `.failed(.stopping)`.
    public func stop() { worker.stop() }

    /// Takes no more orders, ends those that wait, gives those that run some time and ends them, too.
    ///
    /// - Returns: when nothing runs any more and whoever waits for the events had a moment to pass the last ones on.
    ///   A step of the model that takes longer is not waited for.
    public func drain(for time: Duration) async {
        worker.refuseNew()
        let deadline = ContinuousClock.now + time
        while worker.load != (0, 0), ContinuousClock.now < deadline { try? await Task.sleep(for: .milliseconds(20)) }
        worker.stop()
        let last = ContinuousClock.now + .seconds(2)
        while !worker.hasEnded, ContinuousClock.now < last { try? await Task.sleep(for: .milliseconds(20)) }
        try? await Task.sleep(for: .milliseconds(200))
    }

    /// How many texts run and wait, for tests and the page.
    public var load: (running: Int, waiting: Int) { worker.load }
}

/// The thread's side. `@unchecked Sendable`: `condition` guards all that callers touch, the rest belongs to the thread.
private final class Worker: @unchecked Sendable {
    private struct Running {
        let id: Int
        let job: GenerationScheduler.Job
        let reused: Int
        var text: GeneratedText
        var tokens = 0
    }

    private let assistant: AssistantModel
    private let limits: GenerationScheduler.Limits
    private let bytesPerToken: Int
    // Guarded by the condition.
    private let condition = NSCondition()
    private var queue: AdmissionQueue<GenerationScheduler.Job>
    private var gone: Set<Int> = []
    private var isStopping = false
    private var isDraining = false
    private var isOver = false
    private var nextID = 0
    private var runningCount = 0
    // The thread's own.
    private let batch: ContinuousBatch
    private var running: [ContinuousBatch.TextID: Running] = [:]
    private var told = ContinuousClock.now

    init(_ assistant: AssistantModel, limits: GenerationScheduler.Limits) throws {
        self.assistant = assistant
        self.limits = limits
        batch = try ContinuousBatch(
            model: assistant.model, adapter: assistant.adapter, cacheLimit: limits.cacheBytes)
        bytesPerToken = batch.cacheBytes(prompt: 1, settings: SamplingSettings(maximumTokens: 0))
        queue = AdmissionQueue(limit: limits.waiting)
    }

    var load: (running: Int, waiting: Int) { locked { (runningCount, queue.count) } }

    func submit(_ order: GenerationOrder) throws -> AsyncStream<GenerationEvent> {
        var order = order
        try order.sampling.validate()
        let longest = assistant.maximumLength
        guard !order.prompt.isEmpty, order.prompt.count < longest else {
            throw NodeError(
                .badInput,
                order.prompt.isEmpty
                    ? "The prompt is empty. Give a text."
                    : "The prompt has \(order.prompt.count) tokens; the model takes at most \(longest) with the answer. Shorten it."
            )
        }
        order.sampling.maximumTokens = min(order.sampling.maximumTokens, longest - order.prompt.count)
        guard (order.prompt.count + order.sampling.maximumTokens) * bytesPerToken <= limits.cacheBytes else {
            throw NodeError(
                .badInput,
                "Prompt and answer together need more memory than the server gives to one text. Shorten the prompt or ask for fewer tokens."
            )
        }
        if order.sampling.stopTokens == nil { order.sampling.stopTokens = assistant.stopTokens }
        let (stream, continuation) = AsyncStream<GenerationEvent>.makeStream()
        let id: Int? = locked {
            nextID += 1
            let job = GenerationScheduler.Job(order: order, events: continuation)
            guard !isStopping, !isDraining, queue.enqueue(nextID, job) else { return nil }
            condition.signal()
            return nextID
        }
        guard let id else {
            throw NodeError(.busy, "Too many requests wait for an answer already. Try again in a few seconds.")
        }
        continuation.onTermination = { [weak self] reason in
            if case .cancelled = reason { self?.cancel(id) }
        }
        return stream
    }

    private func cancel(_ id: Int) {
        locked {
            gone.insert(id)
            condition.signal()
        }
    }

    func stop() {
        locked {
            isStopping = true
            condition.signal()
        }
    }

    var hasEnded: Bool { locked { isOver } }

    func refuseNew() {
        let waiting = locked {
            isDraining = true
            return queue.removeAll()
        }
        for job in waiting { end(job, .failed(.stopping)) }
    }

    // MARK: The thread

    func run() {
        while wait() {
            admit()
            advance()
            tellWaiting()
        }
        let waiting = locked { queue.removeAll() }
        for job in waiting + running.values.map(\.job) { end(job, .failed(.stopping)) }
        for id in running.keys { batch.remove(id) }
        running = [:]
        locked {
            isOver = true
            runningCount = 0
        }
    }

    /// Sleeps until there is something to do, and takes out whoever went away.
    /// - Returns: `false` when all is to end.
    private func wait() -> Bool {
        condition.lock()
        while !isStopping, gone.isEmpty, queue.isEmpty, running.isEmpty { condition.wait() }
        let leaving = gone
        gone = []
        for job in queue.remove(leaving) { job.events.finish() }
        let goesOn = !isStopping
        condition.unlock()
        for (text, item) in running where leaving.contains(item.id) { drop(text) }
        return goesOn
    }

    private func admit() {
        while running.count < limits.running {
            let next = locked {
                queue.next { batch.hasRoom(prompt: $0.order.prompt.count, settings: $0.order.sampling) }
            }
            guard let (id, job) = next else { return }
            do {
                let (text, reused) = try batch.add(
                    prompt: job.order.prompt, settings: job.order.sampling, alternatives: job.order.alternatives)
                running[text] = Running(
                    id: id, job: job, reused: reused,
                    text: GeneratedText(tokenizer: assistant.tokenizer, stops: job.order.sampling.stopStrings))
                locked { runningCount = running.count }
            } catch let error as any ConsiliumError {
                end(job, .failed(.refused(error.message)))
            } catch {
                end(job, .failed(.fault("The text can't be continued.")))
            }
        }
    }

    private func advance() {
        guard !running.isEmpty else { return }
        let progress: [ContinuousBatch.Progress]
        do {
            progress = try batch.step()
        } catch {
            let message = (error as? any ConsiliumError)?.message ?? "The model can't compute the next token."
            for (text, item) in running {
                end(item.job, .failed(.fault(message)))
                drop(text)
            }
            return
        }
        for item in progress {
            switch item.state {
            case .token(let token): take(token, item.text, isLast: false)
            case .lastToken(let token): take(token, item.text, isLast: true)
            case .stopped: finish(item.text, .stop)
            case .failed(let error):
                if let item = running[item.text] { end(item.job, .failed(.fault(error.message))) }
                drop(item.text)
            }
        }
    }

    private func tellWaiting() {
        guard told.duration(to: .now) > .seconds(2) else { return }
        told = .now
        for job in locked({ queue.all }) { job.events.yield(.waiting) }
    }

    private func take(_ token: GeneratedToken, _ text: ContinuousBatch.TextID, isLast: Bool) {
        guard var item = running[text] else { return }
        item.tokens += 1
        let piece = item.text.append(token.token)
        running[text] = item
        item.job.events.yield(.piece(piece, [token]))
        if item.text.isStopped {
            finish(text, .stop)
        } else if isLast {
            finish(text, .length)
        }
    }

    private func finish(_ text: ContinuousBatch.TextID, _ reason: GenerationSummary.Reason) {
        guard var item = running[text] else { return }
        let rest = item.text.finish()
        if !rest.isEmpty { item.job.events.yield(.piece(rest, [])) }
        // The rest may hold what looked like the beginning of a stop string, never a whole one.
        end(
            item.job,
            .finished(
                GenerationSummary(
                    reason: reason, promptTokens: item.job.order.prompt.count, reusedTokens: item.reused,
                    tokens: item.tokens)))
        drop(text)
    }

    private func end(_ job: GenerationScheduler.Job, _ event: GenerationEvent) {
        job.events.yield(event)
        job.events.finish()
    }

    private func drop(_ text: ContinuousBatch.TextID) {
        batch.remove(text)
        running[text] = nil
        locked { runningCount = running.count }
    }

    private func locked<Result>(_ body: () -> Result) -> Result {
        condition.lock()
        defer { condition.unlock() }
        return body()
    }
}
