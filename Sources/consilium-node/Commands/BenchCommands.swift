import ArgumentParser
import CommandLineSupport
import LanguageModels
import Node

struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measure the engine with random weights and random tokens.",
        discussion: """
            Step times are the process's own processor time with one thread and wall time with more (--clock). A large matrix \
            product is timed beside every step, so that figures of a busy machine can be compared.
            """,
        subcommands: [BenchTrain.self, BenchPrivacy.self, BenchDecode.self])
}

/// What all benchmarks have in common.
struct BenchOptions: ParsableArguments {
    @Option(help: "Whose sizes the model has.") var shape = BenchShape.smol
    @Option(help: "How the frozen weights are kept in memory.") var dtype = BaseStorage.float32
    @Option(help: "Where to compute; auto is a GPU that works, else the CPU.") var device = ComputeDevice.auto
    @Option(help: "Threads.") var threads = 1
    @Option(help: "Which time counts.") var clock = BenchClock.auto

    var request: BenchRequest {
        var request = BenchRequest()
        request.shape = shape
        request.dtype = dtype
        request.threads = threads
        request.device = device
        request.clock = clock
        return request
    }
}

struct BenchTrain: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "LoRA steps: forward, loss, backward and AdamW on all seven linear layers of a block.")
    @OptionGroup var options: BenchOptions
    @Option(help: "Sequences in a step.") var batch = 4
    @Option(help: "Tokens of a sequence.") var seq = 256
    @Option(
        help: ArgumentHelp("Mixed lengths instead of --seq, spread evenly over this range.", valueName: "32-256"))
    var lengths: String?
    @Option(help: "Share of each sequence's tokens, from its end, whose loss counts.") var supervised = 1.0
    @Option(help: "LoRA rank.") var rank = 8
    @Option(help: "LoRA alpha.") var alpha = 16.0
    @Option(help: "Steps that are timed.") var steps = 5
    @Option(help: "Steps before them.") var warmup = 1
    @Flag(help: "Recompute layers in the backward pass to save memory.") var checkpointing = false
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        var request = options.request
        request.batch = batch
        request.sequence = seq
        request.lengths = try lengths.map { try BenchRequest.lengths(from: $0) }
        request.supervised = supervised
        request.rank = rank
        request.alpha = alpha
        request.steps = steps
        request.warmup = warmup
        request.checkpointing = checkpointing
        let outcome = try BenchTrainService.run(request, progress: output.progress)
        try output.finish(outcome) { outcome.text }
    }
}

struct BenchPrivacy: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "dp",
        abstract: "Patient-level private steps beside ordinary ones: time and memory that privacy adds.")
    @OptionGroup var options: BenchOptions
    @Option(help: "Patients in a step, one sequence each.") var batch = 8
    @Option(help: "Tokens of a sequence.") var seq = 128
    @Option(help: "LoRA rank.") var rank = 8
    @Option(help: "Pairs of steps that are timed.") var steps = 5
    @Option(help: "Steps before them, of each kind.") var warmup = 2
    @Flag(help: "Recompute layers in the backward pass to save memory.") var checkpointing = false
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        var request = options.request
        request.batch = batch
        request.sequence = seq
        request.rank = rank
        request.steps = steps
        request.warmup = warmup
        request.checkpointing = checkpointing
        let outcome = try BenchPrivacyService.run(request, progress: output.progress)
        try output.finish(outcome) { outcome.text }
    }
}

struct BenchDecode: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode", abstract: "Greedy generation token by token, without the time for the prompt.")
    @OptionGroup var options: BenchOptions
    @Option(help: "Tokens of the prompt.") var promptTokens = 32
    @Option(help: "New tokens.") var newTokens = 48
    @Option(help: "Runs.") var steps = 3
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        var request = options.request
        request.promptTokens = promptTokens
        request.newTokens = newTokens
        request.steps = steps
        let outcome = try BenchDecodeService.run(request, progress: output.progress)
        try output.finish(outcome) { outcome.text }
    }
}
