import ArgumentParser
import CommandLineSupport
import Foundation
import LanguageModels
import Node

struct Generate: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Continue a text, or answer it with --chat.",
        discussion: """
            The text appears as it is generated. Without --temperature the most likely token is taken each time. What is \
            generated can repeat what the adapter was trained on: treat it as patient data.
            """)
    @Option(help: ArgumentHelp("The base model, a Hugging Face folder.", valueName: "dir")) var model: String
    @Option(help: ArgumentHelp("A PEFT adapter.", valueName: "dir")) var adapter: String?
    @Option(help: ArgumentHelp("The text to continue.", valueName: "text")) var prompt: String
    @Flag(help: "Give the prompt as a user's message in the model's chat template.") var chat = false
    @Option(help: "The most new tokens.") var maxTokens = 128
    @Option(help: "0 for the most likely token; 1 draws from the model's own distribution.") var temperature = 0.0
    @Option(help: "Draw only among this many most likely tokens.") var topK: Int?
    @Option(help: "Draw only among the most likely tokens that together have this probability.") var topP = 1.0
    @Option(help: ArgumentHelp("End before this text; may be given several times.", valueName: "text")) var stop:
        [String] = []
    @Option(help: "Equal seeds give equal text.") var seed: UInt64 = 0
    @Option(help: "How the frozen weights are kept in memory.") var baseDtype = BaseStorage.automatic
    @Option(help: "Where to compute; auto is a GPU that works, else the CPU.") var device = ComputeDevice.auto
    @Option(help: "Threads.") var threads = 1
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        var request = GenerateRequest(
            model: URL(typed: model), adapter: adapter.map { URL(typed: $0) }, prompt: prompt)
        request.isChat = chat
        request.sampling = SamplingSettings(
            maximumTokens: maxTokens, temperature: temperature, topK: topK, topP: topP, seed: seed, stopStrings: stop)
        request.storage = baseDtype
        request.threads = threads
        request.device = device
        let outcome = try GenerateService.run(request) { try output.stream($0) }
        try output.stream("\n")
        output.note(outcome.summary)
        try output.finish(outcome) { "" }
    }
}
