internal import Admin
internal import ArgumentParser
internal import CommandLineSupport
internal import Federation
internal import Foundation

struct StatusCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show clinics, waiting enrolments and jobs as the coordinator sees them.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var session: SessionOptions

    func run(_ output: Output) async throws {
        let overview = try await session.with { try await $0.overview() }
        let warnings = try await RenewalDesk(home: session.folder.adminHome).warnings(at: Date())
        try output.finish(overview) {
            var parts = [
                "\(overview.consortium), roster \(overview.rosterVersion)", OverviewText.members(overview, at: Date()),
                OverviewText.jobs(overview.jobs),
            ]
            if !overview.pendingEnrolments.isEmpty {
                parts.append("\(overview.pendingEnrolments.count) enrolments wait: consilium-admin roster sign")
            }
            parts += Set(warnings + (overview.notices ?? [])).sorted()
            return parts.joined(separator: "\n\n")
        }
    }
}
