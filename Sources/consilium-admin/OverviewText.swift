internal import CommandLineSupport
internal import Federation
internal import Foundation
internal import Identity

/// An overview as tables.
enum OverviewText {
    static func members(_ overview: Overview, at date: Date) -> String {
        guard !overview.members.isEmpty else { return "No clinic is on the roster yet." }
        var table = TextTable([.init("clinic"), .init("name"), .init("last seen")])
        for member in overview.members {
            let seen = member.lastSeen.map { Quantity.duration(seconds: max(0, date.timeIntervalSince($0))) + " ago" }
            table.add([
                member.clinic.text, member.name,
                (seen ?? "never") + (member.lostSince == nil ? "" : ", connection lost"),
            ])
        }
        return table.render()
    }

    static func jobs(_ jobs: [Overview.Job]) -> String {
        guard !jobs.isEmpty else { return "There are no jobs." }
        var table = TextTable([
            .init("job"), .init("state"), .init("round", .right), .init("approved", .right), .init("title"),
        ])
        for job in jobs {
            let denied = job.denied.isEmpty ? "" : ", \(job.denied.count) denied"
            table.add([
                job.id.rawValue, job.state.rawValue, "\(job.round)/\(job.rounds)", "\(job.approved.count)\(denied)",
                job.title,
            ])
        }
        return table.render()
    }

    /// Who has taken part and is gone, and which adapters contain what it gave.
    static func withdrawals(_ job: Overview.Job) -> String {
        (job.withdrawals ?? []).map { withdrawal in
            let adapters = withdrawal.adapters.map { "\n  \($0)" }.joined()
            let rounds = withdrawal.rounds.map(String.init).joined(separator: ", ")
            return
                "\n\(withdrawal.clinic) has left the job; its updates of round \(rounds) are in these adapters:\(adapters)"
        }.joined()
    }

    /// What the clinics measured last, over all of them.
    static func evaluation(_ job: Overview.Job) -> String {
        MergedEvaluation.latest(job.evaluation ?? []).map { "\n" + $0.text }.joined()
    }

    /// How far the last round's adapter is from the average of the clinics' products, where it is known.
    static func aggregationError(_ job: Overview.Job) -> String {
        guard let error = job.aggregationError else { return "" }
        return String(
            format: "\nlast round: the published product is %.3g %% away from the mean of the clinics' products",
            100 * error)
    }
}
