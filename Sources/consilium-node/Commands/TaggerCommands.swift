import ArgumentParser
import CommandLineSupport
import Deidentification
import Foundation
import Node

struct TaggerTools: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tagger",
        abstract: "Train and score the learned stage of the de-identification.",
        discussion: """
            Lines of data: {"id","text","spans":[{"start","end","label"}]}, optionally with "neutral":[{"start","end"}] (may be \
            replaced or not) and "incomplete":true (not all identifiers are marked). Offsets count Unicode scalars, end \
            exclusive.
            """,
        subcommands: [TaggerTrain.self, TaggerFeatureExport.self, TaggerScore.self])
}

struct TaggerTrain: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "train", abstract: "Train a tagger on marked texts.")
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Marked texts; a file named twice counts twice.", valueName: "file.jsonl"))
    var data: [String]
    @Option(help: "en or es.") var language = "en"
    @Option(help: ArgumentHelp("Where the tagger is written.", valueName: "file")) var out: String
    @Option(
        help: ArgumentHelp(
            "Word classes, of scripts/deid/word_classes.py; the program's own if absent.", valueName: "file"))
    var words: String?
    @Option(
        help: ArgumentHelp(
            "Context network, of scripts/deid/context_network.py; the program's own if absent.", valueName: "file"))
    var network: String?
    @Option(help: "Passes over the texts.") var epochs = 4
    @Option(help: "Seeds order, augmentation and the held-out part.") var seed: UInt64 = 1
    @Option(help: ArgumentHelp("Share of the texts that choose the thresholds.", valueName: "fraction")) var heldOut =
        0.1
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        var configuration = TaggerTrainer.Configuration()
        configuration.language = language
        configuration.epochs = epochs
        configuration.seed = seed
        configuration.heldOut = heldOut
        let outcome = try TaggerService.train(
            data: data.map { URL(typed: $0) }, words: words.map { URL(typed: $0) },
            network: network.map { URL(typed: $0) }, out: URL(typed: out), configuration: configuration,
            progress: output.progress)
        try output.finish(outcome) { outcome.text }
    }
}

struct TaggerFeatureExport: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "features",
        abstract: "Write what scripts/deid/context_network.py trains a context network on: features, no text.")
    @Option(parsing: .upToNextOption, help: ArgumentHelp("Marked texts.", valueName: "file.jsonl")) var data: [String]
    @Option(help: "en or es.") var language = "en"
    @Option(help: ArgumentHelp("Where the features are written.", valueName: "file")) var out: String
    @Option(
        help: ArgumentHelp(
            "Word classes, of scripts/deid/word_classes.py; the program's own if absent.", valueName: "file"))
    var words: String?
    @Option(help: "Passes over the texts, each with other names, digits and capitals.") var passes = 2
    @Option(help: "Seeds the changes.") var seed: UInt64 = 1
    @Flag(help: "Leave the texts as they are.") var unchanged = false
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        var configuration = TaggerTrainer.Configuration()
        configuration.language = language
        configuration.seed = seed
        configuration.augments = !unchanged
        let outcome = try TaggerService.features(
            data: data.map { URL(typed: $0) }, words: words.map { URL(typed: $0) }, passes: passes,
            out: URL(typed: out), configuration: configuration, progress: output.progress)
        try output.finish(outcome) { outcome.text }
    }
}

struct TaggerScore: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "score", abstract: "Count what the rules find of marked texts, alone and with the tagger.")
    @Option(parsing: .upToNextOption, help: ArgumentHelp("Marked texts.", valueName: "file.jsonl")) var data: [String]
    @Option(help: "en or es.") var language = "en"
    @Option(help: ArgumentHelp("A tagger's file; the program's own if absent.", valueName: "file")) var tagger: String?
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let outcome = try TaggerService.score(
            data: data.map { URL(typed: $0) }, language: language, tagger: tagger.map { URL(typed: $0) })
        try output.finish(outcome) { outcome.text }
    }
}
