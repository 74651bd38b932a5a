import ArgumentParser
import CommandLineSupport
import Foundation
import Node

struct Merge: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make an adapter part of its base model, as a Hugging Face checkpoint of its own.")
    @Option(help: ArgumentHelp("The base model, a Hugging Face folder.", valueName: "dir")) var model: String
    @Option(help: ArgumentHelp("A PEFT adapter.", valueName: "dir")) var adapter: String
    @Option(help: ArgumentHelp("Where the whole model is written.", valueName: "dir")) var out: String
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let outcome = try MergeService.run(
            model: URL(typed: model), adapter: URL(typed: adapter), out: URL(typed: out), progress: output.progress)
        try output.finish(outcome) { "Wrote the model to \(outcome.out)." }
    }
}
