internal import ConsiliumCore
internal import Foundation
internal import LanguageModels
internal import Privacy

/// One process's part of a run, from the beginning or from a checkpoint to the end.
final class TrainingSession {
    private let run: TrainingRun
    private let trainer: ParameterTrainer
    private let folder: RunFolder
    private let settings: [String: String]
    private var source: StepSource
    private let schedule: LearningRateSchedule?
    private let total: Int
    private var state = RunState()
    /// The step whose checkpoint is on the disk.
    private var saved: Int?
    private var best: [Float]?
    private var attempts: Int
    private let silentSequences: Int
    private let resumedAt: Int?

    init(
        run: TrainingRun, trainer: ParameterTrainer, sequences: [TrainingSequence], identity: [String: String],
        folder: RunFolder
    ) throws {
        self.run = run
        self.trainer = trainer
        self.folder = folder
        silentSequences = try Self.check(sequences, trainer, what: "sequence")
        if let validation = run.validation {
            _ = try Self.check(validation.sequences, trainer, what: "validation sequence")
        }
        source =
            try run.privacy.map { try .patients(PatientSteps(sequences, privacy: $0)) }
            ?? .batches(BatchSteps(sequences, run: run, trainer: trainer))
        total = try source.steps(for: run.length)
        schedule = run.schedule?.spanning(total)
        settings = try RunIdentity.settings(of: run, sequences: sequences).merging(identity) { $1 }
        attempts = folder.attempts
        let checkpoint = try folder.checkpoint()
        resumedAt = checkpoint?.state.step
        saved = resumedAt
        if let checkpoint {
            try checkpoint.requireSettings(settings, folder: folder.url)
            guard checkpoint.parameters.count == trainer.parameters.count,
                checkpoint.parameters.allSatisfy(\.isFinite), (0...total).contains(checkpoint.state.step)
            else {
                throw FineTuningError(
                    .checkpointMismatch,
                    "The checkpoint in \(folder.url.path) doesn't fit this run. Remove that folder to begin again.")
            }
            trainer.replace(parameters: checkpoint.parameters)
            try trainer.restore(checkpoint.optimizer)
            best = checkpoint.best
            state = checkpoint.state
        }
        try source.start(at: state, total: total)
        try folder.rewindMetrics(to: state.metricsBytes)
    }

    /// The number of sequences without a token to learn from.
    private static func check(_ sequences: [TrainingSequence], _ trainer: ParameterTrainer, what: String) throws -> Int
    {
        guard !sequences.isEmpty else {
            throw FineTuningError(.invalidSettings, "There is no \(what). Give at least one.")
        }
        for (number, sequence) in sequences.enumerated() {
            do {
                try trainer.source.check(sequence.tokens)
            } catch let error as LanguageModelsError {
                throw LanguageModelsError(
                    error.code, "The \(what) number \(number + 1) can't be used. \(error.message)", cause: error.cause)
            }
        }
        let silent = sequences.count { trainer.supervisedTokens(in: [$0]) == 0 }
        guard silent < sequences.count else {
            throw FineTuningError(
                .noSupervisedTokens,
                "None of the \(sequences.count) \(what)s has a token to learn from: all labels are -100, or the sequences have only one token. Check how the labels were made."
            )
        }
        return silent
    }

    /// The parameters to write: the last ones, or the best where they are looked for.
    var result: [Float] { best ?? trainer.parameters }

    var summary: TrainingRun.Summary {
        TrainingRun.Summary(
            steps: state.step, startedSteps: run.privacy == nil ? state.step : attempts,
            supervisedTokens: state.supervisedTokens, tokens: state.tokens, firstLoss: state.firstLoss ?? 0,
            lastLoss: state.lastLoss ?? 0, seconds: state.seconds, skippedSteps: state.skippedSteps,
            silentSequences: silentSequences, bestValidationLoss: state.bestLoss, bestStep: state.bestStep,
            stoppedEarly: state.stoppedEarly, resumedAt: resumedAt)
    }

    func train(mayContinue: () throws -> Void, progress: ProgressHandler?) throws {
        let first = state.step
        var spent = 0.0
        while state.step < total, !state.stoppedEarly {
            do {
                try mayContinue()
            } catch {
                if run.checkpointEvery != nil { try saveCheckpoint() }
                throw error
            }
            let began = ContinuousClock.now
            var line = try step()
            state.step += 1
            // Validation has its own time: it would hide how fast training is.
            let seconds = (ContinuousClock.now - began) / .seconds(1)
            try evaluate(&line)
            spent += (ContinuousClock.now - began) / .seconds(1)
            state.seconds += seconds
            line.seconds = seconds
            line.tokensPerSecond = Double(line.tokens ?? 0) / max(seconds, 1e-9)
            line.secondsLeft = spent / Double(state.step - first) * Double(state.stoppedEarly ? 0 : total - state.step)
            try folder.append(line)
            state.metricsBytes = folder.metricsBytes
            if let every = run.checkpointEvery, state.step % every == 0 { try saveCheckpoint() }
            progress?(update(line))
        }
        // Nothing was learned: weights as they were must not look like a result.
        if state.step > 0, state.skippedSteps == state.step {
            throw diverged(schedule?.rate(at: state.step - 1) ?? run.optimizer.learningRate, nil)
        }
    }

    private func step() throws -> MetricsLine {
        let rate = schedule?.rate(at: state.step) ?? run.optimizer.learningRate
        if run.privacy != nil { attempts = try folder.countAttempt() }
        let outcome: StepSource.Outcome
        do {
            outcome = try source.step(trainer, rate: rate, clipNorm: run.clipNorm, state: &state)
        } catch let error as FineTuningError where error.code == .numericalFault && run.privacy == nil {
            state.skippedSteps += 1
            state.skippedInARow += 1
            guard state.skippedInARow < run.nonFiniteLimit else { throw diverged(rate, error) }
            return MetricsLine(
                step: state.step + 1, learningRate: rate, supervisedTokens: 0, tokens: 0, epoch: state.epoch,
                skippedInARow: state.skippedInARow)
        }
        state.skippedInARow = 0
        state.tokens += outcome.tokens
        state.supervisedTokens += outcome.supervisedTokens
        state.firstLoss = state.firstLoss ?? outcome.loss
        state.lastLoss = outcome.loss ?? state.lastLoss
        return MetricsLine(
            step: state.step + 1, loss: outcome.loss, learningRate: rate, supervisedTokens: outcome.supervisedTokens,
            tokens: outcome.tokens, epoch: run.privacy == nil ? state.epoch : nil,
            gradientNorm: outcome.gradientNorm, patients: outcome.patients, clippedPatients: outcome.clippedPatients)
    }

    private func diverged(_ rate: Float, _ cause: FineTuningError?) -> FineTuningError {
        FineTuningError(
            .numericalFault,
            "The last \(state.skippedInARow) steps had a loss or a gradient that is not a finite number, so nothing was learned from them. Lower the learning rate (now \(rate)), clip the gradient, warm up longer, or check the base model and the starting adapter.",
            cause: cause)
    }

    private func evaluate(_ line: inout MetricsLine) throws {
        guard let validation = run.validation, state.step % validation.every == 0 || state.step == total else { return }
        let loss = try trainer.loss(of: validation.sequences, tokens: run.batchTokens)
        // A loss that is not finite is never the best.
        if loss.isFinite { line.validationLoss = loss }
        if loss.isFinite, loss < state.bestLoss ?? .infinity {
            state.bestLoss = loss
            state.bestStep = state.step
            state.evaluationsSinceBest = 0
            if validation.patience != nil { best = trainer.parameters }
        } else {
            state.evaluationsSinceBest += 1
        }
        if let patience = validation.patience { state.stoppedEarly = state.evaluationsSinceBest >= patience }
    }

    private func saveCheckpoint() throws {
        guard saved != state.step else { return }
        try RunCheckpoint(
            settings: settings, state: state, parameters: trainer.parameters, optimizer: trainer.trained.state,
            best: best
        ).save(to: folder.checkpointFile)
        saved = state.step
    }

    /// The console adds the time left.
    private func update(_ line: MetricsLine) -> ProgressUpdate {
        let missing = line.skippedInARow == nil ? "no patient drawn" : "not finite, skipped"
        var parts = [line.loss.map { String(format: "loss %.3f", $0) } ?? missing]
        if let loss = line.validationLoss { parts.append(String(format: "validation %.3f", loss)) }
        if line.skippedInARow == nil { parts.append(String(format: "%.0f tokens/s", line.tokensPerSecond ?? 0)) }
        return ProgressUpdate(
            activity: "train", completed: Double(state.step), total: Double(total), unit: "steps",
            note: parts.joined(separator: ", "))
    }
}
