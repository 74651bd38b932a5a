internal import Admin
internal import ArgumentParser
internal import CommandLineSupport
internal import ConsiliumCore
internal import Foundation
internal import Identity

struct ClinicsCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clinics", abstract: "Show who takes part, and end it.",
        subcommands: [ClinicsListCommand.self, ClinicsRevokeCommand.self])
}

struct ClinicsListCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the clinics on the newest roster signed here. Works offline.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var home: HomeOptions

    func run(_ output: Output) async throws {
        let roster = try await home.adminHome.roster(at: Date()).roster
        try output.finish(roster) {
            guard !roster.members.isEmpty else {
                return "Roster \(roster.version) of “\(roster.consortium)” has no clinics yet."
            }
            var table = TextTable([.init("clinic"), .init("name"), .init("certificate")])
            for member in roster.members { table.add([member.clinic.text, member.name, member.tlsFingerprint.short]) }
            return
                "\(table.render())\nRoster \(roster.version) of “\(roster.consortium)”, signed \(roster.issuedAt.ISO8601Format())."
        }
    }
}

struct ClinicsRevokeCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Sign and publish a roster without this clinic: its certificates are worth nothing then.",
        discussion: "What the clinic has contributed to finished rounds stays in the adapter.")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var session: SessionOptions

    @Argument(help: "The clinic's id.")
    var clinic: String

    @Flag(help: "Don't ask.")
    var yes = false

    private struct Result: Encodable {
        let revoked: ClinicID
        let rosterVersion: Int
        let members: [ClinicID]
    }

    func run(_ output: Output) async throws {
        let clinic = try ClinicID(clinic)
        guard try yes || Confirmation.ask("Take \(clinic) off the roster?") else {
            return output.note("Nothing was changed.")
        }
        let admission = try await session.with { try await $0.revoke(clinic) }
        let result = Result(revoked: clinic, rosterVersion: admission.version, members: admission.members.map(\.clinic))
        try output.finish(result) {
            "\(clinic) is off the roster. Roster \(admission.version): \(admission.members.count) clinics."
        }
    }
}
