import ArgumentParser
import CommandLineSupport
import Foundation
import LanguageModels
import Node

struct Export: ConsiliumCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case gguf
        case huggingface
    }

    static let configuration = CommandConfiguration(
        abstract: "Write a model with its adapter for other programs: a GGUF file or a Hugging Face checkpoint.",
        discussion: """
            GGUF is what llama.cpp and programs built on it open: one file with weights, tokenizer and chat template. A model or \
            a tokenizer that llama.cpp would compute differently is refused in words.
            """)
    @Option(help: ArgumentHelp("The base model, a Hugging Face folder.", valueName: "dir")) var model: String
    @Option(help: ArgumentHelp("A PEFT adapter that becomes part of the weights.", valueName: "dir")) var adapter:
        String?
    @Option(help: "What is written.") var format = Format.gguf
    @Option(help: "The numbers of a GGUF file.") var type = GGUFFormat.float16
    @Option(
        help: ArgumentHelp(
            "What a GGUF file calls the model (default: the adapter's or model's folder).", valueName: "text"))
    var name: String?
    @Flag(help: "A GGUF file of the weights alone, which takes token ids.") var withoutTokenizer = false
    @Option(help: ArgumentHelp("The GGUF file, or the folder of the checkpoint.", valueName: "path")) var out: String
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if format == .huggingface, withoutTokenizer || name != nil {
            throw ValidationError("--name and --without-tokenizer belong to --format gguf.")
        }
    }

    func run(_ output: Output) async throws {
        let model = URL(typed: model)
        let adapter = adapter.map { URL(typed: $0) }
        let outcome =
            switch format {
            case .gguf:
                try ExportService.gguf(
                    model: model, adapter: adapter, out: URL(typed: out), format: type, name: name,
                    withTokenizer: !withoutTokenizer, progress: output.progress)
            case .huggingface:
                try ExportService.checkpoint(
                    model: model, adapter: adapter, out: URL(typed: out), progress: output.progress)
            }
        try output.finish(outcome) {
            guard let gguf = outcome.gguf else { return "Wrote the model to \(outcome.out)." }
            return
                "Wrote \(gguf.tensors) tensors for llama.cpp's “\(gguf.architecture)”, up to \(gguf.contextLength) tokens, to \(outcome.out)."
        }
    }
}
