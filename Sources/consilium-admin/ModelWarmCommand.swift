internal import Admin
internal import ArgumentParser
internal import CommandLineSupport
internal import ConsiliumCore
internal import Foundation

struct ModelWarmCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "warm-a", abstract: "Warm an adapter's A on public text, for jobs that freeze it.",
        discussion: """
            A job with the rule frozen-a trains B only. It learns more if A was trained on public text of a similar kind before. \
            Name the folder in the draft: “initialAdapter: {path: DIR}”, with the same rank, alpha and targets in “recipe”. Never \
            use text of a clinic here: nothing protects it.
            """)

    @OptionGroup var global: GlobalOptions

    @Option(help: ArgumentHelp("The base model, a Hugging Face folder.", valueName: "dir"))
    var model: String

    @Option(help: ArgumentHelp("Public text: a text file, or JSON Lines with “text”.", valueName: "file"))
    var text: String

    @Option(help: ArgumentHelp("Where the PEFT folder is written.", valueName: "dir"))
    var out: String

    @Option(help: "LoRA rank.") var rank = 8
    @Option(help: "LoRA alpha.") var alpha = 16.0
    @Option(help: "all, attention, mlp, or names with commas between.") var targets = "all"
    @Option(help: "Optimizer steps.") var steps = 80
    @Option(name: .customLong("lr"), help: "Peak learning rate.") var learningRate = 1e-2
    @Option(help: ArgumentHelp("Windows in one step.", valueName: "n")) var batch = 16
    @Option(help: ArgumentHelp("Tokens in one window.", valueName: "n")) var length = 128
    @Option(help: "Seeds the initialization and the order of windows.") var seed: UInt64 = 1
    @Option(help: "Threads; one gives the same bytes again.") var threads = 1

    func run(_ output: Output) async throws {
        var settings = WarmStart.Settings()
        settings.rank = rank
        settings.alpha = alpha
        settings.targets = targets.split(separator: ",").map(String.init)
        settings.steps = steps
        settings.learningRate = learningRate
        settings.batchSequences = batch
        settings.sequenceLength = length
        settings.seed = seed
        settings.threads = threads
        let outcome = try WarmStart(model: URL(fileURLWithPath: model), settings: settings).run(
            text: URL(fileURLWithPath: text), to: URL(fileURLWithPath: out), progress: output.progress)
        try output.finish(outcome) {
            """
            \(outcome.folder): adapter_model.safetensors, adapter_config.json; B is zero
            \(outcome.steps) steps on \(Quantity.count(Double(outcome.tokens))) tokens of public text, loss \
            \(String(format: "%.3f → %.3f", outcome.firstLoss, outcome.lastLoss))
            In the draft of a job: initialAdapter: {path: "\(outcome.folder)"}
            """
        }
    }
}
