internal import Admin
internal import ArgumentParser
internal import CommandLineSupport
internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Identity

struct InitCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Found a consortium: its certificate authority, your keys, the coordinator's certificates.",
        discussion:
            "The coordinator's operator makes the request with “consilium-coordinator init” and gets grant.json back.")

    @OptionGroup var global: GlobalOptions

    @Argument(help: ArgumentHelp("The admin's folder, to be made.", valueName: "dir"))
    var folder: String

    @Option(help: "The consortium's name, as certificates show it.")
    var consortium: String

    @Option(help: ArgumentHelp("request.json of the coordinator.", valueName: "file"))
    var coordinatorRequest: String

    @Option(help: ArgumentHelp("Where clinics and you dial the coordinator, https://HOST:PORT.", valueName: "url"))
    var coordinatorURL: String?

    @Option(help: "Your name in certificates: lower-case letters, digits and hyphens.")
    var adminName = "admin"

    @Option(
        help: ArgumentHelp(
            "Where the coordinator's certificates go (default: grant.json beside the request).", valueName: "file"))
    var grantOut: String?

    private struct Result: Encodable {
        let consortium: String
        let home: String
        let authority: String
        let fingerprint: ContentHash
        let grant: String
        let rosterVersion: Int
    }

    func run(_ output: Output) async throws {
        let requestFile = URL(fileURLWithPath: coordinatorRequest)
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
}
