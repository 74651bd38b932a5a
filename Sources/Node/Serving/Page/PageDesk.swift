internal import ConsiliumCore
internal import Foundation
internal import LanguageModels

/// The clinician's questions and what they make of the answers; knows nothing of HTTP.
///
/// The last answers are kept in memory, so that feedback is about what the model really said.
actor PageDesk {
    struct Question: Sendable, Equatable {
        var task: ClinicalTask
        var report: String
        var question: String
    }

    /// An answer with what supports it.
    struct Answer: Sendable, Encodable {
        var id: String
        var text: String
        /// Not all that it wanted to say: no more tokens were allowed.
        var isCut: Bool
        var support: SupportMeasure.Result
    }

    private struct Given {
        var task: ClinicalTask
        var prompt: String
        var text: String
    }

    private let assistant: AssistantModel
    private let scheduler: GenerationScheduler
    private let box: FeedbackBox
    private let now: @Sendable () -> Date
    private var given: [String: Given] = [:]
    private var order: [String] = []

    static let mostAnswers = 200
    static let answerTokens = 512
    static let longestReport = 200_000
    static let longestReason = 2000

    init(
        _ assistant: AssistantModel, _ scheduler: GenerationScheduler, _ box: FeedbackBox,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.assistant = assistant
        self.scheduler = scheduler
        self.box = box
        self.now = now
    }

    /// Asks the model.
    /// - Returns: what happens; hand it to ``answer(_:to:onText:)``.
    /// - Throws: ``NodeError`` `.badInput` for what can't be asked, `.busy`.
    nonisolated func ask(_ question: Question) throws -> (prompt: String, events: AsyncStream<GenerationEvent>) {
        guard question.report.utf8.count <= Self.longestReport, question.question.utf8.count <= Self.longestReason
        else {
            throw NodeError(.badInput, "The report or the question is too long. Shorten it.")
        }
        let prompt = try question.task.prompt(report: question.report, question: question.question)
        let tokens = try assistant.question(prompt)
        let limit = assistant.maximumLength
        guard tokens.count < limit else {
            throw NodeError(
                .badInput,
                "The report has \(tokens.count) tokens with the question; this model reads at most \(limit - 1). Paste only the part that matters."
            )
        }
        let sampling = SamplingSettings(maximumTokens: Self.answerTokens)
        return (prompt, try scheduler.submit(GenerationOrder(prompt: tokens, sampling: sampling)))
    }

    /// Waits for the answer.
    /// - Throws: ``GenerationFailure``; `CancellationError`; what `onText` throws.
    nonisolated func answer(
        _ asked: (prompt: String, events: AsyncStream<GenerationEvent>), to question: Question,
        onText: (String?) async throws -> Void
    ) async throws -> Answer {
        var text = ""
        var summary: GenerationSummary?
        for await event in asked.events {
            switch event {
            case .waiting: try await onText(nil)
            case .piece(let piece, _):
                text += piece
                if !piece.isEmpty { try await onText(piece) }
            case .finished(let found): summary = found
            case .failed(let failure): throw failure
            }
        }
        guard let summary else { throw CancellationError() }
        let shown = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let id = try await keep(Given(task: question.task, prompt: asked.prompt, text: shown))
        return Answer(
            id: id, text: shown, isCut: summary.reason == .length,
            support: SupportMeasure.measure(report: question.report, answer: shown))
    }

    private func keep(_ answer: Given) throws -> String {
        let id = try SystemRandom().bytes(12).hexadecimal
        given[id] = answer
        order.append(id)
        if order.count > Self.mostAnswers { given[order.removeFirst()] = nil }
        return id
    }

    /// Seals what somebody thinks of an answer.
    ///
    /// - Throws: ``NodeError`` `.badInput` for an answer that is not known any more, an edit without a text or a flag
    ///   without a reason; `.stateUnwritable`.
    func judge(_ id: String, _ decision: FeedbackRecord.Decision, edited: String?, reason: String?) async throws {
        guard let answer = given[id] else {
            throw NodeError(.badInput, "This answer is not known here any more. Ask again.")
        }
        let reason = reason?.trimmingCharacters(in: .whitespacesAndNewlines)
        let edited = edited?.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (reason ?? "").utf8.count <= Self.longestReason, (edited ?? "").utf8.count <= Self.longestReport else {
            throw NodeError(.badInput, "The feedback is too long. Shorten it.")
        }
        var record = FeedbackRecord(
            date: now(), answer: id, task: answer.task.rawValue, prompt: answer.prompt, decision: decision,
            reason: reason?.isEmpty == false ? reason : nil, base: assistant.baseName, adapter: assistant.adapterName)
        switch decision {
        case .accept: record.chosen = answer.text
        case .edit:
            guard let edited, !edited.isEmpty, edited != answer.text else {
                throw NodeError(.badInput, "The answer was not changed. Edit it first, or accept it.")
            }
            (record.chosen, record.rejected) = (edited, answer.text)
        case .flag:
            guard record.reason != nil else { throw NodeError(.badInput, "Say what is wrong with the answer.") }
            record.rejected = answer.text
        }
        try await box.add(record)
    }
}
