internal import Admin
internal import ArgumentParser
internal import CommandLineSupport
internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Identity
internal import Transport

struct InitCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Found a consortium: its certificate authority, your keys, the coordinator's certificates.",
        discussion: """
            With a coordinator that “consilium-coordinator start” has started, name its address and its pairing code: the rest goes \
            over the network. Otherwise the coordinator's operator makes a request with “consilium-coordinator init” and gets \
            grant.json back.
            """)

    @OptionGroup var global: GlobalOptions

    @Argument(help: ArgumentHelp("The admin's folder, to be made.", valueName: "dir"))
    var folder: String

    @Option(help: "The consortium's name, as certificates show it.")
    var consortium: String

    @Option(help: ArgumentHelp("request.json of the coordinator.", valueName: "file"))
    var coordinatorRequest: String?

    @Option(help: ArgumentHelp("The pairing code that the coordinator printed; “-” reads it.", valueName: "code"))
    var pairing: String?

    @Option(help: ArgumentHelp("With --pairing: make an invitation for this clinic. Repeat it.", valueName: "clinic"))
    var invite: [String] = []

    @Option(help: ArgumentHelp("Where clinics and you dial the coordinator, https://HOST:PORT.", valueName: "url"))
    var coordinatorURL: String?

    @Option(help: "Your name in certificates: lower-case letters, digits and hyphens.")
    var adminName = "admin"

    @Option(
        help: ArgumentHelp(
            "Where the coordinator's certificates go (default: grant.json beside the request).", valueName: "file"))
    var grantOut: String?

    func validate() throws {
        guard (coordinatorRequest == nil) != (pairing == nil) else {
            throw ValidationError("Give either --pairing with --coordinator-url, or --coordinator-request.")
        }
        guard pairing == nil || coordinatorURL != nil else {
            throw ValidationError("--pairing needs --coordinator-url: where the coordinator can be reached.")
        }
        guard invite.isEmpty || pairing != nil else {
            throw ValidationError("--invite needs --pairing: a coordinator that can be reached.")
        }
    }

    private struct Result: Encodable {
        let consortium: String
        let home: String
        let authority: String
        let fingerprint: ContentHash
        let grant: String?
        let rosterVersion: Int
        var invitations: [AdminSession.IssuedToken]?
    }

    func run(_ output: Output) async throws {
        if let pairing, let coordinatorURL { return try await pair(pairing, coordinatorURL, output) }
        let requestFile = URL(fileURLWithPath: coordinatorRequest ?? "")
        let request = try CanonicalJSON.decode(
            CoordinatorRequest.self, from: DurableFile.read(requestFile, limit: 1 << 20))
        let home = AdminHome(URL(fileURLWithPath: folder))
        let made = try await home.initialize(
            consortium: consortium, request: request, coordinatorURL: coordinatorURL, adminName: adminName, at: Date())
        let grantFile =
            grantOut.map { URL(fileURLWithPath: $0) }
            ?? requestFile.deletingLastPathComponent().appendingPathComponent("grant.json")
        try DurableFile.write(
            CanonicalJSON.encodePretty(made.grant) + Data("\n".utf8), to: grantFile, permissions: 0o644)
        let result = Result(
            consortium: consortium, home: home.folder.path, authority: home.authorityFile.path,
            fingerprint: made.authority.fingerprint, grant: grantFile.path, rosterVersion: made.roster.version)
        try output.finish(result) {
            """
            Consortium “\(consortium)” founded in \(home.folder.path).
            authority    \(home.authorityFile.path)
            fingerprint  \(made.authority.fingerprint.grouped)
            grant        \(grantFile.path)

            Next:
              1. Give \(grantFile.lastPathComponent) to the coordinator's operator, who starts “consilium-coordinator serve”.
              2. Give ca.pem to every clinic; read the fingerprint to them over the telephone.
              3. Make a token for each clinic: consilium-admin token create --home \(folder) --clinic ID
              4. Let them in: consilium-admin roster sign --home \(folder)
            Keep \(home.folder.path) off the coordinator's machine and keep a backup: whoever has ca-key.pem is the consortium.
            """
        }
    }

    private func pair(_ code: String, _ url: String, _ output: Output) async throws {
        let home = AdminHome(URL(fileURLWithPath: folder))
        let clinics = try invite.map { try ClinicID($0) }
        let founding = try Founding(
            home: home, address: CoordinatorAddress(url), code: PairingCode(text: code == "-" ? readLine() ?? "" : code)
        )
        let made = try await founding.found(consortium: consortium, adminName: adminName, at: Date())
        let invitations = try await AdminSession.with(home: home, coordinatorURL: url) { session in
            var issued: [AdminSession.IssuedToken] = []
            for clinic in clinics {
                issued.append(try await session.createToken(clinic: clinic, name: clinic.text, validHours: 72))
            }
            return issued
        }
        let result = Result(
            consortium: consortium, home: home.folder.path, authority: home.authorityFile.path,
            fingerprint: made.authority.fingerprint, grant: nil, rosterVersion: made.roster.version,
            invitations: invitations)
        try output.finish(result) {
            let head = """
                Consortium “\(consortium)” founded in \(home.folder.path); the coordinator at \(url) has its certificates.
                fingerprint  \(made.authority.fingerprint.grouped)
                Keep \(home.folder.path) off the coordinator's machine and keep a backup: whoever has ca-key.pem is the consortium.
                """
            let each = invitations.map {
                "Invitation for \($0.clinic), valid until \($0.expires.ISO8601Format()), once:\n\($0.invitation)"
            }
            let next =
                "Next: each clinic runs “consilium-node join INVITATION”, then you “consilium-admin roster sign”."
            return ([head] + each + [next]).joined(separator: "\n\n")
        }
    }
}
