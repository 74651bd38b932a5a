import ArgumentParser
import CommandLineSupport
import ConsiliumCore
import Foundation
import LanguageModels
import Node

struct Chat: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Talk to a model in this terminal.",
        discussion: """
            Each line is a question, the answer appears as it is generated. Ctrl-C ends an answer, /clear begins anew, \
            /quit or Ctrl-D leaves. The model needs a chat template. Standard input may be a file with one question a \
            line. Nothing is stored; what is generated can repeat what the adapter was trained on: treat it as patient \
            data.
            """)
    @Option(help: ArgumentHelp("The base model, a Hugging Face folder.", valueName: "dir")) var model: String
    @Option(help: ArgumentHelp("A PEFT adapter.", valueName: "dir")) var adapter: String?
    @Option(help: ArgumentHelp("What the model is told before everything else.", valueName: "text")) var system: String?
    @Option(help: "The most tokens of an answer.") var maxTokens = 512
    @Option(help: "0 for the most likely token; 1 draws from the model's own distribution.") var temperature = 0.0
    @Option(help: "Draw only among the most likely tokens that together have this probability.") var topP = 1.0
    @Option(help: "Equal seeds give equal text.") var seed: UInt64 = 0
    @Option(help: "How the frozen weights are kept in memory.") var baseDtype = BaseStorage.automatic
    @Option(help: "Where to compute; auto is a GPU that works, else the CPU.") var device = ComputeDevice.auto
    @Option(help: "Threads.") var threads = 1
    @OptionGroup var global: GlobalOptions

    struct Outcome: Encodable {
        struct Turn: Encodable {
            var question: String
            var answer: String
        }

        var turns: [Turn] = []
    }

    func run(_ output: Output) async throws {
        let assistant = try AssistantModel.load(
            model: URL(typed: model), adapter: adapter.map { URL(typed: $0) }, storage: baseDtype, device: device,
            threads: threads)
        var conversation = try Conversation(
            assistant, system: system,
            sampling: SamplingSettings(maximumTokens: maxTokens, temperature: temperature, topP: topP, seed: seed))
        output.note("\(assistant.name) is ready. It can be wrong; it makes no diagnosis. /quit leaves.")
        var outcome = Outcome()
        while let line = try next(output) {
            let question = line.trimmingCharacters(in: .whitespacesAndNewlines)
            switch question {
            case "": continue
            case "/quit", "/exit":
                return try output.finish(outcome) { "" }
            case "/clear":
                conversation.clear()
                output.note("The conversation begins anew.")
                continue
            case "/help":
                output.note("A line is a question. Ctrl-C ends an answer, /clear begins anew, /quit leaves.")
                continue
            default: break
            }
            do {
                let answer = try await ask(question, &conversation, output)
                try output.stream("\n")
                if answer.forgotten > 0 {
                    output.note(
                        "The oldest \(answer.forgotten) exchanges no longer fit before the model; they were left out.")
                }
                if answer.summary == nil { output.note("Stopped.") }
                if answer.summary?.reason == .length {
                    output.note("The answer was cut off: no more tokens were allowed.")
                }
                if let summary = answer.summary {
                    output.detail(
                        "\(summary.promptTokens) tokens read, \(summary.reusedTokens) of them known; \(summary.tokens) written."
                    )
                }
                outcome.turns.append(.init(question: question, answer: answer.text))
            } catch let error as NodeError where output.canAsk && error.category == .badData {
                output.warn(error.message)
            }
        }
        try output.finish(outcome) { "" }
    }

    private func ask(
        _ question: String, _ conversation: inout Conversation, _ output: Output
    ) async throws -> Conversation.Answer {
        let stop = StopKey()
        let press = stop.press
        let answer = try await conversation.ask(question, isStopped: { press.isMade }) { try output.stream($0) }
        return withExtendedLifetime(stop) { answer }
    }

    private func next(_ output: Output) throws -> String? {
        output.canAsk ? try output.ask("> ") : readLine()
    }
}
