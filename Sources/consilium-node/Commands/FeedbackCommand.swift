import ArgumentParser
import CommandLineSupport
import Foundation
import Node

struct Feedback: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What clinicians made of answers, for training inside the clinic.",
        subcommands: [FeedbackCount.self, FeedbackWrite.self])
}

struct FeedbackCount: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "count", abstract: "How many answers were accepted, corrected and flagged.")
    @OptionGroup var state: ServingStateOption
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let counts = try FeedbackExport.counts(in: state.folder)
        try output.finish(counts) {
            "\(counts.accepted) accepted, \(counts.edited) corrected, \(counts.flagged) flagged."
        }
    }
}

struct FeedbackWrite: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write judgements as JSON Lines. The file has text of reports and must stay in the clinic.",
        discussion: """
            preference: {"prompt","chosen","rejected"} of corrected answers, for preference training (DPO). training: \
            {"prompt","response"} of accepted and corrected answers, for “train --data”. records: every judgement as it was given.
            """)
    @Option(help: "What the lines are for.") var form = FeedbackExport.Form.preference
    @Option(help: ArgumentHelp("Where the lines are written, for this user alone.", valueName: "file.jsonl")) var out:
        String
    @OptionGroup var state: ServingStateOption
    @OptionGroup var global: GlobalOptions

    func run(_ output: Output) async throws {
        let outcome = try FeedbackExport.write(form, from: state.folder, to: URL(typed: out))
        output.warn("\(outcome.out) has text of reports and answers: it must stay in the clinic.")
        try output.finish(outcome) { "Wrote \(outcome.lines) lines to \(outcome.out)." }
    }
}
