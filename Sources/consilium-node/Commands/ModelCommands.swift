import ArgumentParser
import CommandLineSupport
import Foundation
import LanguageModels
import Node

struct Logits: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write the logits after every token: tensor “logits” [T, vocabulary], float32.")
    @Option(help: ArgumentHelp("The base model, a Hugging Face folder.", valueName: "dir")) var model: String
    @Option(help: ArgumentHelp("A PEFT adapter.", valueName: "dir")) var adapter: String?
    @Option(help: ArgumentHelp("Token ids with commas between.", valueName: "1,2,3")) var ids: String
    @Option(help: "How the weights are kept in memory.") var baseDtype = BaseStorage.automatic
    @Option(help: ArgumentHelp("Where the result is written.", valueName: "f.safetensors")) var out: String
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let outcome = try LogitsService.run(
            model: URL(typed: model), adapter: adapter.map { URL(typed: $0) }, ids: ids, out: URL(typed: out),
            storage: baseDtype)
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
