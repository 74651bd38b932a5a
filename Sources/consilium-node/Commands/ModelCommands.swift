import ArgumentParser
import CommandLineSupport
import Foundation
import Node

struct Train: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Train a LoRA adapter on a JSON Lines file, without a federation.",
        discussion: """
            Lines: {"prompt","response"} | {"text"} | {"messages":[…]} | {"input_ids":[…],"labels":[…]}, each with optional \
            "patient". A batch takes lines in order until --batch-tokens is reached; the loss is the mean over its supervised tokens.
            """)
    @Option(help: ArgumentHelp("The base model, a Hugging Face folder.", valueName: "dir")) var model: String
    @Option(help: ArgumentHelp("Training lines.", valueName: "file.jsonl")) var data: String
    @Option(help: ArgumentHelp("Where the PEFT folder is written.", valueName: "dir")) var out: String
    @Option(help: ArgumentHelp("Go on from this PEFT adapter.", valueName: "dir")) var adapter: String?
    @Option(help: "LoRA rank.") var rank = 8
    @Option(help: "LoRA alpha.") var alpha = 16.0
    @Option(help: "all, attention, mlp, or names with commas between.") var targets = "all"
    @Option(help: "Optimiser steps.") var steps: Int?
    @Option(help: "Passes over the data, if --steps is not given.") var epochs: Int?
    @Option(help: "Tokens in one batch.") var batchTokens = 512
    @Option(help: "adamw or sgd.") var optimizer = "adamw"
    @Option(name: .customLong("lr"), help: "Learning rate, constant.") var learningRate = 1e-3
    @Flag(name: .customLong("no-shuffle"), help: "Keep the order of the lines in every epoch.") var noShuffle = false
    @Option(help: "Seeds initialisation and shuffling.") var seed: UInt64 = 1
    @Option(help: "auto, cpu or cuda.") var device = "auto"
    @Option(help: "How the base is kept: auto, fp32, bf16, int8 or nf4.") var baseDtype = "auto"
    @Flag(help: "Recompute layers in the backward pass to save memory.") var checkpointing = false
    @Flag(name: .customLong("dp"), help: "Patient-level differential privacy (DP-SGD).") var differentialPrivacy = false
    @Option(help: ArgumentHelp("With --dp: L2 clip norm of one patient's gradient.", valueName: "c")) var clip: Double?
    @Option(help: ArgumentHelp("With --dp: standard deviation of the noise ÷ clip norm.", valueName: "z"))
    var noiseMultiplier: Double?
    @Option(help: ArgumentHelp("With --dp: chance of each patient to be in a step.", valueName: "q")) var samplingRate:
        Double?
    @Option(help: "Threads.") var threads = 1
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if !differentialPrivacy, clip != nil || noiseMultiplier != nil || samplingRate != nil {
            throw ValidationError("--clip, --noise-multiplier and --sampling-rate need --dp.")
        }
    }

    func run(_ output: Output) async throws {
        var request = TrainRequest(
            model: URL(typed: model), data: URL(typed: data), out: URL(typed: out),
            adapter: adapter.map { URL(typed: $0) })
        request.rank = rank
        request.alpha = alpha
        request.targets = targets.split(separator: ",").map(String.init)
        request.steps = steps
        request.epochs = epochs
        request.batchTokens = batchTokens
        request.optimizer = optimizer
        request.learningRate = learningRate
        request.shuffle = !noShuffle
        request.seed = seed
        request.threads = threads
        request.device = device
        request.baseDType = baseDtype
        request.checkpointing = checkpointing
        if differentialPrivacy {
            request.privacy = .init(clip: clip, noiseMultiplier: noiseMultiplier, samplingRate: samplingRate)
        }
        let outcome = try TrainService.run(request, progress: output.progress)
        try output.finish(outcome) { outcome.text }
    }
}

struct Evaluate: ConsiliumCommand {
    static let configuration = CommandConfiguration(abstract: "Score a model on a JSON Lines file.")
    @Option(help: ArgumentHelp("The base model, a Hugging Face folder.", valueName: "dir")) var model: String
    @Option(help: ArgumentHelp("A PEFT adapter.", valueName: "dir")) var adapter: String?
    @Option(help: "perplexity.") var task = "perplexity"
    @Option(help: ArgumentHelp("Lines as for train.", valueName: "file.jsonl")) var data: String
    @Option(help: "Tokens in one window.") var window = 256
    @Option(help: "Threads.") var threads = 1
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let outcome = try EvaluationService.run(
            task: task, model: URL(typed: model), adapter: adapter.map { URL(typed: $0) }, data: URL(typed: data),
            window: window,
            threads: threads, progress: output.progress)
        try output.finish(outcome) { outcome.text }
    }
}

struct Logits: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the logits after every token: tensor “logits” [T, vocabulary], float32.")
    @Option(help: ArgumentHelp("The base model, a Hugging Face folder.", valueName: "dir")) var model: String
    @Option(help: ArgumentHelp("A PEFT adapter.", valueName: "dir")) var adapter: String?
    @Option(help: ArgumentHelp("Token ids with commas between.", valueName: "1,2,3")) var ids: String
    @Option(help: ArgumentHelp("Where the result is written.", valueName: "f.safetensors")) var out: String
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let outcome = try LogitsService.run(
            model: URL(typed: model), adapter: adapter.map { URL(typed: $0) }, ids: ids, out: URL(typed: out))
        try output.finish(outcome) { "Wrote logits [\(outcome.shape[0]), \(outcome.shape[1])] to \(out)." }
    }
}

struct Tokenize: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Turn {\"text\"} lines into {\"ids\"} lines. No special tokens are added.")
    @Option(help: ArgumentHelp("A folder with tokenizer files.", valueName: "dir")) var model: String
    @Option(help: ArgumentHelp("Lines with text.", valueName: "in.jsonl")) var input: String
    @Option(help: ArgumentHelp("Where the result is written.", valueName: "out.jsonl")) var output: String
    @OptionGroup var global: GlobalOptions

    func run(_ console: Output) async throws {
        let outcome = try TokenizeService.run(
            folder: URL(typed: model), input: URL(typed: input), output: URL(typed: output), progress: console.progress)
        try console.finish(outcome) { "Wrote \(outcome.lines) lines with \(outcome.tokens) tokens to \(output)." }
    }
}
