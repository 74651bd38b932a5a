internal import Admin
internal import ArgumentParser
internal import CommandLineSupport
internal import Foundation
internal import Identity

struct TokenCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Invite clinics.", subcommands: [TokenCreateCommand.self])
}

struct TokenCreateCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a one-time enrolment token for one clinic and print it, once.",
        discussion:
            "The token is a secret: hand it to the clinic by a trusted way. It is kept nowhere; a lost one is made anew."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var session: SessionOptions

    @Option(help: "The clinic's id: lower-case letters, digits and hyphens.")
    var clinic: String

    @Option(help: "What people call the clinic (default: its id).")
    var name: String?

    @Option(help: "How long it is valid.")
    var validHours = 72

    @Flag(help: "Print the token and nothing else, for scripts.")
    var tokenOnly = false

    @Flag(help: "Print an invitation for “consilium-node join” and nothing else: token, address and authority in one.")
    var invitation = false

    func validate() throws {
        if tokenOnly && invitation { throw ValidationError("--token-only and --invitation exclude each other.") }
    }

    func run(_ output: Output) async throws {
        let clinic = try ClinicID(clinic)
        let issued = try await session.with {
            try await $0.createToken(clinic: clinic, name: name ?? clinic.text, validHours: validHours)
        }
        try output.finish(issued) {
            if tokenOnly { return issued.token }
            if invitation { return issued.invitation }
            return """
                \(issued.token)

                For \(clinic), valid until \(issued.expires.ISO8601Format()); it works once and is not shown again.
                At the clinic: consilium-node enroll --coordinator URL --ca ca.pem --token TOKEN
                """
        }
    }
}
