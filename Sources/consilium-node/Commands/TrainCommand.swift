import ArgumentParser
import CommandLineSupport
import ConsiliumCore
import FineTuning
import Foundation
import LanguageModels
import Ledger
import Node

struct Train: ConsiliumCommand {
    enum Schedule: String, ExpressibleByArgument, CaseIterable {
        case constant, linear, cosine
    }

    static let configuration = CommandConfiguration(
        abstract: "Train a LoRA adapter on a JSON Lines file, without a federation.",
        discussion: """
            Lines: {"prompt","response"} | {"text"} | {"messages":[…]} | {"input_ids":[…],"labels":[…]}, for classifiers \
            {"text","label"}; each with optional "patient". A batch takes lines in order until --batch-tokens is reached; the \
            loss is the mean over its supervised tokens. Metrics appear step by step in .NAME.training/metrics.jsonl beside the \
            output, which appears whole at the end.

            With --audit-canaries random synthetic patients are made, and fixed in a ledger before the first step; half of them are \
            trained on. Afterwards the trained adapter is searched for them, which bounds epsilon from below. Exit code 1 if that \
            bound is above the claimed epsilon. “consilium-admin audit OUT” checks all of it again.
            """)
    @Option(help: ArgumentHelp("The base model, a Hugging Face folder.", valueName: "dir")) var model: String
    @Option(help: ArgumentHelp("Training lines.", valueName: "file.jsonl")) var data: String
    @Option(help: ArgumentHelp("Where the PEFT folder is written.", valueName: "dir")) var out: String
    @Option(help: ArgumentHelp("Go on from this PEFT adapter.", valueName: "dir")) var adapter: String?
    @Option(help: "LoRA rank.") var rank = 8
    @Option(help: "LoRA alpha.") var alpha = 16.0
    @Option(help: "all, attention, mlp, or names with commas between.") var targets = "all"
    @Flag(name: .customLong("rslora"), help: "Scale by alpha / sqrt(rank).") var rankStabilized = false
    @Flag(name: .customLong("full"), help: "Train all weights of a small model; the output is a whole model.")
    var trainsAllWeights = false
    @Option(help: "Optimizer steps.") var steps: Int?
    @Option(help: "Passes over the data, if --steps is not given.") var epochs: Int?
    @Option(help: "Tokens in one batch.") var batchTokens = 512
    @Option(help: ArgumentHelp("Batches of one step.", valueName: "n")) var accumulate = 1
    @Option(help: "The optimizer.") var optimizer = OptimizerConfiguration.Method.adamW
    @Option(name: .customLong("lr"), help: "Learning rate.") var learningRate = 1e-3
    @Option(help: "How the learning rate falls to 0 after the warm-up.") var schedule = Schedule.constant
    @Option(help: ArgumentHelp("Steps in which the learning rate rises from 0.", valueName: "steps")) var warmup = 0
    @Option(help: "AdamW's decoupled weight decay.") var weightDecay = 0.0
    @Option(help: ArgumentHelp("Bound of the L2 norm of a step's gradient.", valueName: "norm"))
    var gradientClip: Double?
    @Flag(name: .customLong("no-shuffle"), help: "Keep the order of the lines in every epoch.") var noShuffle = false
    @Option(help: "Seeds initialization, shuffling and masks.") var seed: UInt64 = 1
    @Option(help: ArgumentHelp("Lines that are only scored.", valueName: "file.jsonl")) var validation: String?
    @Option(help: ArgumentHelp("Steps between two validations.", valueName: "steps")) var validateEvery = 50
    @Option(
        help: ArgumentHelp(
            "Stop after so many validations without a lower loss, and keep the best weights.", valueName: "n"))
    var patience: Int?
    @Option(help: ArgumentHelp("Steps between two checkpoints, from which --resume goes on.", valueName: "steps"))
    var saveEvery: Int?
    @Flag(help: "Go on from the checkpoint of an interrupted run, bit for bit.") var resume = false
    @Flag(help: "Also draw the loss, as loss.svg.") var lossCurve = false
    @Option(help: "Where to compute; auto is a GPU that works, else the CPU.") var device = ComputeDevice.auto
    @Option(help: "How the frozen weights are kept in memory.") var baseDtype = BaseStorage.automatic
    @Flag(help: "Recompute layers in the backward pass to save memory.") var checkpointing = false
    @Flag(name: .customLong("dp"), help: "Patient-level differential privacy (DP-SGD).") var differentialPrivacy = false
    @Option(help: ArgumentHelp("With --dp: L2 clip norm of one patient's gradient.", valueName: "c")) var clip: Double?
    @Option(help: ArgumentHelp("With --dp: standard deviation of the noise ÷ clip norm.", valueName: "z"))
    var noiseMultiplier: Double?
    @Option(help: ArgumentHelp("With --dp: chance of each patient to be in a step.", valueName: "q")) var samplingRate:
        Double?
    @Option(
        help: ArgumentHelp(
            "With --dp: test the guarantee with so many synthetic patients, 200 or more, best 1000.", valueName: "m"))
    var auditCanaries: Int?
    @Option(help: "With --audit-canaries: what their scores are, fixed before the training.")
    var auditScore = CanaryPlan.Score.gradient
    @Option(help: ArgumentHelp("With --audit-canaries: reports of each synthetic patient.", valueName: "n"))
    var auditReports = 8
    @Option(help: "Threads.") var threads = 1
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if !differentialPrivacy, clip != nil || noiseMultiplier != nil || samplingRate != nil {
            throw ValidationError("--clip, --noise-multiplier and --sampling-rate need --dp.")
        }
        if auditCanaries != nil, !differentialPrivacy { throw ValidationError("--audit-canaries needs --dp.") }
    }

    func run(_ output: Output) async throws {
        var request = TrainRequest(
            model: URL(typed: model), data: URL(typed: data), out: URL(typed: out),
            adapter: adapter.map { URL(typed: $0) })
        request.rank = rank
        request.alpha = alpha
        request.targets = targets.split(separator: ",").map(String.init)
        request.useRSLoRA = rankStabilized
        request.trainsAllWeights = trainsAllWeights
        request.steps = steps
        request.epochs = epochs
        request.batchTokens = batchTokens
        request.accumulation = accumulate
        request.optimizer = optimizer
        request.learningRate = learningRate
        request.decay =
            switch schedule {
            case .constant: nil
            case .linear: .linear
            case .cosine: .cosine
            }
        request.warmupSteps = warmup
        request.weightDecay = weightDecay
        request.gradientClip = gradientClip
        request.shuffle = !noShuffle
        request.seed = seed
        request.validation = validation.map { URL(typed: $0) }
        request.validateEvery = validateEvery
        request.patience = patience
        request.saveEvery = saveEvery
        request.resumes = resume
        request.writesLossCurve = lossCurve
        request.threads = threads
        request.device = device
        request.storage = baseDtype
        request.checkpointsLayers = checkpointing
        if differentialPrivacy {
            request.privacy = .init(clip: clip, noiseMultiplier: noiseMultiplier, samplingRate: samplingRate)
        }
        if let auditCanaries {
            var audit = CanarySettings(canaries: auditCanaries)
            audit.score = auditScore
            audit.reports = auditReports
            request.audit = audit
        }
        let outcome = try TrainService.run(request, progress: output.progress)
        try output.finish(outcome) { outcome.text }
        if outcome.audit?.isRefuted == true { throw ReportedFailure(.violation) }
    }
}
