internal import Admin
internal import ArgumentParser
internal import CommandLineSupport
internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Identity

struct RenewCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "renew",
        abstract: "Renew the certificates that end soon: clinics', the coordinator's and your own.",
        discussion: """
            Everybody keeps the keys that were born in their own folder, so nothing has to be done at the clinics, and nothing is \
            interrupted: each node and the coordinator take the new certificates by themselves. Where nothing ends soon, nothing \
            happens; a timer may run this every week.

            For a coordinator that can't be reached any more, because its certificate has ended: --offline with its request.json, \
            then carry grant.json into its folder and start it.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var session: SessionOptions

    @Option(help: ArgumentHelp("Renew what ends within so many days.", valueName: "days"))
    var within = CertificateLife.warningDays

    @Flag(help: "Renew everything now.")
    var all = false

    @Flag(help: "Only sign; “roster sign” or a later “renew” publishes.")
    var offline = false

    @Option(help: ArgumentHelp("With --offline: request.json of the coordinator's folder.", valueName: "file"))
    var coordinatorRequest: String?

    @Option(help: ArgumentHelp("With --offline: where the coordinator's certificates go.", valueName: "file"))
    var grantOut: String?

    func validate() throws {
        guard (0...3650).contains(within) else { throw ValidationError("--within must be 0 to 3650 days.") }
        guard offline || coordinatorRequest == nil && grantOut == nil else {
            throw ValidationError("--coordinator-request and --grant-out need --offline.")
        }
    }

    private struct Result: Encodable {
        struct Certificate: Encodable {
            let role: PeerRole
            let fingerprint: ContentHash
            let validUntil: Date
        }

        let rosterVersion: Int?
        let renewed: [Certificate]
        let firstEnd: Date?
        let grant: String?
    }

    func run(_ output: Output) async throws {
        let home = session.folder.adminHome
        let desk = RenewalDesk(home: home)
        let days = all ? .max : within
        let renewal: RenewalDesk.Renewal?
        if offline {
            let request = try coordinatorRequest.map {
                try CanonicalJSON.decode(
                    CoordinatorRequest.self, from: DurableFile.read(URL(fileURLWithPath: $0), limit: 1 << 20))
            }
            renewal = try await desk.renew(endingWithin: days, request: request, at: Date())
            if let grantOut, let grant = renewal?.coordinator {
                try DurableFile.write(
                    CanonicalJSON.encodePretty(grant) + Data("\n".utf8), to: URL(fileURLWithPath: grantOut),
                    permissions: 0o644)
            }
        } else {
            renewal = try await session.with { try await $0.renew(endingWithin: days) }
        }
        let first = try await desk.lives(at: Date()).first
        let result = Result(
            rosterVersion: renewal?.version,
            renewed: (renewal?.grants ?? []).map {
                Result.Certificate(
                    role: $0.tlsCertificate.role, fingerprint: $0.tlsCertificate.fingerprint,
                    validUntil: CertificateLife($0).notValidAfter)
            }, firstEnd: first?.notValidAfter, grant: renewal?.coordinator == nil ? nil : grantOut)
        try output.finish(result) {
            let end = first.map {
                "The first certificate to end is that of \($0.role), on \($0.notValidAfter.ISO8601Format())."
            }
            guard let renewal else { return "Nothing ends so soon. \(end ?? "")" }
            let list = result.renewed.map { "  \($0.role), until \($0.validUntil.ISO8601Format())" }
            return "Renewed:\n\(list.joined(separator: "\n"))\nRoster \(renewal.version). \(end ?? "")"
        }
    }
}
