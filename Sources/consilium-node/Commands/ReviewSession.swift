import ArgumentParser
import CommandLineSupport
import ConsiliumCore
import Foundation
import Node

extension Review {
    struct Session: ConsiliumCommand {
        static let configuration = CommandConfiguration(
            abstract: "Go through the queue in this terminal, one report at a time.")
        @Option(help: ArgumentHelp("Who decides, for the record.", valueName: "name")) var reviewer = NSUserName()
        @OptionGroup var home: HomeOption
        @OptionGroup var global: GlobalOptions

        func run(_ output: Output) async throws {
            guard output.canAsk else {
                throw ValidationError(
                    "Going through the queue needs a terminal. Use review list, show, approve and reject in scripts.")
            }
            let desk = try ReviewDesk(home.services())
            output.warn("These reports hold patients' data. Don't copy them out of this terminal.")
            var counts = ["approved": 0, "rejected": 0, "skipped": 0]
            queue: while let row = try desk.list(limit: 1, offset: counts["skipped"] ?? 0).reports.first {
                let page = try desk.show(row.id, withText: true)
                try output.show(page.marked(output: false))
                try output.stream(page.legend + "\n")
                var corrections = ReviewCorrections()
                while let line = try output.ask("a/r/s/q, + text to redact, k number to keep, ? for help: ") {
                    do {
                        switch try ReviewCommand(line) {
                        case .approve:
                            _ = try desk.approve(row.id, corrections: corrections, reviewer: reviewer, seen: page)
                            counts["approved", default: 0] += 1
                            continue queue
                        case .reject(let reason):
                            _ = try desk.reject(row.id, reason: reason, reviewer: reviewer, seen: page)
                            counts["rejected", default: 0] += 1
                            continue queue
                        case .skip:
                            counts["skipped", default: 0] += 1
                            continue queue
                        case .quit: break queue
                        case .redact(let text, let label): corrections.texts.append((text, label))
                        case .redactRange(let range): try corrections.addRange(range)
                        case .keep(let number): corrections.kept.append(number)
                        case .undo: corrections = ReviewCorrections()
                        case .output: try output.show(page.marked(output: true))
                        case .help: try output.stream(ReviewCommand.usage + "\n")
                        }
                    } catch let error as any ConsiliumError {
                        output.warn(error.description)
                        if error.category == .tryAgain { continue queue }
                    }
                }
                break
            }
            try output.finish(counts) {
                "\(counts["approved"] ?? 0) approved, \(counts["rejected"] ?? 0) rejected, \(counts["skipped"] ?? 0) skipped."
            }
        }
    }

    struct Audit: ConsiliumCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look at a random sample of clean reports, and learn how many identifiers are left.",
            discussion: """
                In a terminal the sample is gone through report by report; it may be interrupted and goes on with the next call.
                In scripts: --clean and --leaked record what was seen; without them the state is printed.
                """)
        @Option(help: "How many reports a sample has.") var count = 300
        @Option(help: ArgumentHelp("A report of the sample without an identifier. May be repeated.", valueName: "id"))
        var clean: [String] = []
        @Option(help: ArgumentHelp("A report with one, which is taken out of use. May be repeated.", valueName: "id"))
        var leaked: [String] = []
        @Option(help: ArgumentHelp("Who looks, for the record.", valueName: "name")) var reviewer = NSUserName()
        @OptionGroup var home: HomeOption
        @OptionGroup var global: GlobalOptions

        func run(_ output: Output) async throws {
            let desk = try ReviewDesk(home.services())
            var report = try desk.audit(count: count)
            for id in clean { report = try desk.recordAudit(id, leaked: false, reviewer: reviewer) }
            for id in leaked { report = try desk.recordAudit(id, leaked: true, reviewer: reviewer) }
            if clean.isEmpty, leaked.isEmpty, output.canAsk { report = try look(desk, report, output) }
            let final = report
            try output.finish(final) { final.text }
        }

        private func look(_ desk: ReviewDesk, _ report: AuditReport, _ output: Output) throws -> AuditReport {
            var report = report
            output.warn("These texts may hold patients' data. Don't copy them out of this terminal.")
            for id in report.left {
                try output.show(try desk.show(id, withText: true).marked(output: true))
                question: while true {
                    let answer = try output.ask("Is an identifier left? n no, y yes, s skip, q quit: ")
                    switch answer?.trimmingCharacters(in: .whitespaces) {
                    case "n": report = try desk.recordAudit(id, leaked: false, reviewer: reviewer)
                    case "y": report = try desk.recordAudit(id, leaked: true, reviewer: reviewer)
                    case "s": break
                    case "q", nil: return report
                    default: continue question
                    }
                    break question
                }
            }
            return report
        }
    }
}

extension ReviewPage {
    /// For the terminal.
    func marked(output isOutput: Bool) -> MarkedText {
        var marked = MarkedText()
        marked.append("── report \(id.prefix(12))\(date.map { " of \($0)" } ?? "")\(kind.map { ", \($0)" } ?? "") ──\n")
        if isOutput {
            marked.append(self.output ?? "")
            return marked
        }
        for piece in pieces {
            marked.append(
                piece.text, piece.span.map { .init(number: $0.number, label: $0.label, isWeak: $0.isWeak) })
        }
        return marked
    }

    /// What the marks are, without the text.
    var legend: String {
        var lines = [
            "", "Status \(status), risk \(Quantity.fixed(risk, 3))." + (reviewer.map { " Approved by \($0)." } ?? ""),
        ]
        lines += reasons
        guard !spans.isEmpty else { return (lines + ["Nothing was found in it."]).joined(separator: "\n") }
        var table = TextTable([
            .init("no.", .right), .init("label"), .init("score", .right), .init("place"), .init(""),
        ])
        for span in spans {
            table.add([
                "\(span.number)", span.label, Quantity.fixed(span.score, 2), "\(span.start)-\(span.end)",
                span.isWeak ? "weak" : "",
            ])
        }
        return (lines + [table.render()]).joined(separator: "\n")
    }
}

extension ReviewTuning {
    func text(isApplied: Bool) -> String {
        func percent(_ share: Double) -> String { Quantity.fixed(share * 100, 1) + " %" }
        return """
            By \(decided) reports that people looked at, \(overlooked) of them with something overlooked:
            review below \(Quantity.fixed(reviewBelow, 3)): \(percent(caught)) of those go to review (before: \(percent(caughtBefore))), \
            and \(percent(reviewed)) of all (before: \(percent(reviewedBefore))).
            """ + "\n"
                + (isApplied
                    ? "In force. Run “consilium-node import” to apply it to what is there." : "Nothing was changed.")
    }
}
