import ArgumentParser
import CommandLineSupport
import ConsiliumCore
import Foundation
import Node

struct Review: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Decide about reports whose de-identification is unsure; audit the others.",
        discussion: """
            Without a subcommand the queue is gone through one report at a time, the riskiest first.
            Texts with patients' data are shown in this terminal only; nothing of a review leaves the clinic.
            """,
        subcommands: [Session.self, List.self, Show.self, Approve.self, Reject.self, Audit.self, Tune.self],
        defaultSubcommand: Session.self)

    struct List: ConsiliumCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what waits for a person, the riskiest first. Shows no text.")
        @Option(help: "How many to list.") var limit = 50
        @Option(help: "How many to pass over first.") var offset = 0
        @Flag(help: "Also list reports that could not be made safe, which a person may correct and approve.")
        var quarantined = false
        @OptionGroup var home: HomeOption
        @OptionGroup var global: GlobalOptions

        func run(_ output: Output) async throws {
            let list = try ReviewDesk(home.services()).list(
                limit: limit, offset: offset, includingQuarantined: quarantined)
            try output.finish(list) {
                if list.reports.isEmpty { return "Nothing waits for review." }
                var table = TextTable([
                    .init("report"), .init("date"), .init("kind"), .init("risk", .right), .init("length", .right),
                    .init("spans", .right), .init("certainty", .right), .init("why"),
                ])
                for row in list.reports {
                    table.add([
                        String(row.id.prefix(12)), row.date ?? "", PlainText.truncated(row.kind ?? "", to: 20),
                        Quantity.fixed(row.risk, 3), "\(row.characters)", "\(row.spans)",
                        row.certainty.map { Quantity.fixed($0, 2) } ?? "", row.reasons.joined(separator: " "),
                    ])
                }
                return table.render() + "\n\(list.waiting) wait for review, \(list.quarantined) are quarantined."
            }
        }
    }

    struct Show: ConsiliumCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a report with what was found in it. This shows a patient's data.")
        @Argument(help: "The report's id, or its first digits.") var report: String
        @Flag(help: "The de-identified text instead of the original.") var output = false
        @Flag(help: "With --json: the texts too, not only where the spans are.") var withText = false
        @Flag(inversion: .prefixedNo, help: "Color; on by itself on a terminal.") var color: Bool?
        @OptionGroup var home: HomeOption
        @OptionGroup var global: GlobalOptions

        func run(_ console: Output) async throws {
            let page = try ReviewDesk(home.services()).show(report, withText: !console.isJSON || withText)
            if !console.isJSON {
                console.warn("This report holds a patient's data. Don't copy it out of this terminal.")
                try console.show(page.marked(output: output), color: color)
            }
            try console.finish(page) { page.legend }
        }
    }

    struct Approve: ConsiliumCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approve reports for use; one report may be corrected first.")
        @Argument(help: "Ids, or their first digits.") var reports: [String]
        @Option(help: ArgumentHelp("Redact a place, START-END:LABEL. May be repeated.", valueName: "range"))
        var redact: [String] = []
        @Option(help: ArgumentHelp("Redact a text wherever it occurs. May be repeated.", valueName: "text"))
        var redactText: [String] = []
        @Option(help: ArgumentHelp("What kind --redact-text is.", valueName: "label")) var label = "NAME"
        @Option(help: ArgumentHelp("A span that is no identifier, by its number. May be repeated.", valueName: "n"))
        var keep: [Int] = []
        @Option(help: ArgumentHelp("Who approves, for the record.", valueName: "name")) var reviewer = NSUserName()
        @OptionGroup var home: HomeOption
        @OptionGroup var global: GlobalOptions

        func run(_ output: Output) async throws {
            var corrections = ReviewCorrections()
            for range in redact { try corrections.addRange(range) }
            let kind = try ReviewCorrections.label(label)
            corrections.texts = redactText.map { ($0, kind) }
            corrections.kept = keep
            guard reports.count == 1 || corrections.isEmpty else {
                throw ValidationError("Corrections are for one report: name only one.")
            }
            let desk = try ReviewDesk(home.services())
            let outcomes = try reports.map { try desk.approve($0, corrections: corrections, reviewer: reviewer) }
            try output.finish(["approved": outcomes]) {
                outcomes.map {
                    "Approved \($0.id.prefix(12)) by \($0.reviewer): \($0.added) spans added, \($0.removed) kept in clear."
                }.joined(separator: "\n")
            }
        }
    }

    struct Reject: ConsiliumCommand {
        static let configuration = CommandConfiguration(abstract: "Take reports out of use for good.")
        @Argument(help: "Ids, or their first digits.") var reports: [String]
        @Option(help: ArgumentHelp("Why. It stays in the vault.", valueName: "text")) var reason: String
        @Option(help: ArgumentHelp("Who rejects, for the record.", valueName: "name")) var reviewer = NSUserName()
        @OptionGroup var home: HomeOption
        @OptionGroup var global: GlobalOptions

        func run(_ output: Output) async throws {
            let desk = try ReviewDesk(home.services())
            let outcomes = try reports.map { try desk.reject($0, reason: reason, reviewer: reviewer) }
            try output.finish(["rejected": outcomes]) {
                outcomes.map { "Rejected \($0.id.prefix(12)). It is never used." }.joined(separator: "\n")
            }
        }
    }

    struct Tune: ConsiliumCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set the score below which reports go to review, by what this clinic's reviewers found.")
        @Option(help: "Share of reports with something overlooked that must go to review.") var target = 0.95
        @Flag(help: "Only show what would be set.") var dryRun = false
        @Flag(help: "Go back to the policy's own threshold.") var reset = false
        @OptionGroup var home: HomeOption
        @OptionGroup var global: GlobalOptions

        func run(_ output: Output) async throws {
            let desk = try ReviewDesk(home.services())
            if reset {
                let value = try desk.resetTuning()
                return try output.finish(["reviewBelow": value]) {
                    "The policy's own threshold \(Quantity.fixed(value, 3)) is in force. Run “consilium-node import” to apply it."
                }
            }
            let tuning = try desk.tune(target: target, apply: !dryRun)
            try output.finish(tuning) { tuning.text(isApplied: !dryRun) }
        }
    }
}
