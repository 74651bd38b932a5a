import CommandLineSupport
import ConsiliumCore
import Federation
import Foundation

/// The overview as tables for a terminal.
struct OverviewText {
    let overview: Overview

    var text: String {
        var parts = ["\(overview.consortium), roster \(overview.rosterVersion)", members]
        if !overview.pendingEnrolments.isEmpty {
            parts.append("Enrolments that wait for the admin: \(overview.pendingEnrolments.joined(separator: ", "))")
        }
        parts.append(overview.jobs.isEmpty ? "No job has been proposed." : jobs)
        parts += overview.jobs.compactMap { job in
            let merged = MergedEvaluation.latest(job.evaluation ?? [])
            return merged.isEmpty ? nil : "\(job.id): " + merged.map(\.text).joined(separator: "\n")
        }
        parts += overview.notices ?? []
        parts += overview.jobs.filter { !$0.note.isEmpty }.map { "\($0.id): \($0.note)" }
        return parts.joined(separator: "\n\n")
    }

    private var members: String {
        var table = TextTable([.init("clinic"), .init("name"), .init("last seen")])
        for member in overview.members {
            table.add(["\(member.clinic)", member.name, member.lastSeen.map { $0.formatted(.iso8601) } ?? "never"])
        }
        return table.render()
    }

    private var jobs: String {
        var table = TextTable([
            .init("job"), .init("state"), .init("round", .right), .init("approved", .right), .init("denied", .right),
            .init("delivered", .right), .init("received", .right), .init("adapter"),
        ])
        for job in overview.jobs {
            table.add([
                job.id.rawValue, job.state.rawValue, "\(job.round) of \(job.rounds)", "\(job.approved.count)",
                "\(job.denied.count)", "\(job.delivered.count)",
                Quantity.bytes(Double(job.bytesReceived.values.reduce(0, +))), job.adapter.short,
            ])
        }
        return table.render()
    }
}
