import ArgumentParser
import CommandLineSupport
import Foundation
import LanguageModels
import Node

struct Evaluate: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Score a model on a JSON Lines file, with intervals, and compare adapters.",
        discussion: """
            perplexity: lines as for train. mcq: {"question","options","answer"}, scored as lm-evaluation-harness does. \
            generation: {"prompt","response"}, scored by ROUGE, BLEU, chrF, token F1, exact match, and by how far the source \
            supports numbers and negations; "prediction" scores a text that is there already. classification: \
            {"text","label"}, by a classifier's head or by label words. A "patient" makes lines of one patient one unit of \
            the intervals. With --compare the base model is scored too. Name adapters common, local and personalised, and \
            the result ends in a choice; --report draws it.
            """)
    @Option(help: ArgumentHelp("The base model, a Hugging Face folder.", valueName: "dir")) var model: String
    @Option(help: ArgumentHelp("A PEFT adapter; may be given several times.", valueName: "[name=]dir")) var adapter:
        [String] = []
    @Option(help: "What is scored.") var task = EvaluationRequest.Task.perplexity
    @Option(help: ArgumentHelp("Items, one a line.", valueName: "file.jsonl")) var data: String
    @Flag(name: .customLong("compare"), help: "Also score the base model, and each adapter against it.")
    var comparesBase = false
    @Option(help: ArgumentHelp("Write a page that ends in a choice; implies --compare.", valueName: "file.html"))
    var report: String?
    @Option(help: ArgumentHelp("Write every item's score; stays in the clinic.", valueName: "file.jsonl"))
    var samples: String?
    @Flag(
        inversion: .prefixedNo, help: "Keep the figures beside the adapter, where the page and the card look for them.")
    var record = true
    @Option(
        help: ArgumentHelp("mcq: auto, medqa, medmcqa, mmlu, pubmedqa or cloze.", valueName: "form")) var prompt =
        "auto"
    @Option(help: "mcq: worked examples before each item.") var shots = 0
    @Option(help: ArgumentHelp("mcq: where examples come from.", valueName: "file.jsonl")) var shotsFrom: String?
    @Option(help: ArgumentHelp("classification: labels with commas between.", valueName: "a,b,…")) var labels: String?
    @Option(help: ArgumentHelp("classification: what is asked behind the text.", valueName: "text"))
    var instruction: String?
    @Option(help: "generation: the most new tokens.") var maxTokens = 128
    @Flag(help: "generation: give prompts as messages in the chat template.") var chat = false
    @Flag(help: "generation: compare words by their stems in ROUGE.") var stem = false
    @Option(help: "perplexity: tokens in one window.") var window = 256
    @Option(help: "How the weights are kept in memory.") var baseDtype = BaseStorage.automatic
    @Option(help: "Where to compute; auto is a GPU that works, else the CPU.") var device = ComputeDevice.auto
    @Option(help: "Threads.") var threads = 1
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let adapters = adapter.map { EvaluationRequest.Adapter(typed: $0) }
        if task == .perplexity, !comparesBase, report == nil, samples == nil, adapters.count < 2 {
            let outcome = try PerplexityService.run(
                model: URL(typed: model), adapter: adapters.first?.folder, data: URL(typed: data), window: window,
                storage: baseDtype, device: device, threads: threads, keepsRecord: record, progress: output.progress)
            return try output.finish(outcome) { outcome.text }
        }
        var request = EvaluationRequest(task: task, model: URL(typed: model), data: URL(typed: data))
        request.adapters = adapters
        request.comparesBase = comparesBase || report != nil
        request.report = report.map { URL(typed: $0) }
        request.samples = samples.map { URL(typed: $0) }
        request.prompt = prompt
        request.shots = shots
        request.shotsFrom = shotsFrom.map { URL(typed: $0) }
        request.labels = labels?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
        request.instruction = instruction
        request.maximumTokens = maxTokens
        request.isChat = chat
        request.stemming = stem
        request.window = window
        request.keepsRecord = record
        request.storage = baseDtype
        request.threads = threads
        request.device = device
        let outcome = try EvaluationService.run(request, progress: output.progress)
        if outcome.cutContexts > 0 {
            output.warn(
                "\(outcome.cutContexts) contexts were longer than the model's positions and lost their beginning.")
        }
        if let report { output.note("Wrote \(report).") }
        try output.finish(outcome) { EvaluationText(outcome).text }
    }
}
