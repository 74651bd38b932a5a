import ArgumentParser
import CommandLineSupport
import ConsiliumCore
import Foundation
import Identity
import Node

struct Join: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Join a consortium with an invitation: folder, reports and enrolment in one go.",
        discussion: """
            The same as “init” with a small site configuration, “import” and “enroll”. Safe to repeat: what is done is left as it is. \
            Two fingerprints are shown; compare both with the admin by telephone.
            """)
    @Argument(
        help: ArgumentHelp(
            "What the consortium's admin gave you; “-” reads it from standard input, so that it is in no process list.",
            valueName: "invitation"))
    var invitation: String
    @Option(help: ArgumentHelp("Reports to import: a file or a folder. Repeat it for several.", valueName: "path"))
    var reports: [String] = []
    @Option(
        help: ArgumentHelp("A folder with a base model in Hugging Face form. Repeat it for several.", valueName: "dir"))
    var model: [String] = []
    @Option(help: "What people call the clinic.") var name: String?
    @Option(help: ArgumentHelp("A site configuration of your own instead of these.", valueName: "file"))
    var siteConfig: String?
    @Option(help: ArgumentHelp("How long to wait for the admin's answer.", valueName: "seconds")) var wait = 600
    @OptionGroup var home: HomeOption
    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if siteConfig != nil, !reports.isEmpty || !model.isEmpty || name != nil {
            throw ValidationError("--site-config says what --reports, --model and --name say. Give one or the others.")
        }
    }

    private struct Result: Encodable {
        let enrolment: Enrolment.Outcome
        let reports: IntakeOutcome?
    }

    func run(_ output: Output) async throws {
        let invitation = try Invitation(text: invitation == "-" ? readLine() ?? "" : invitation)
        var settings = Joining.Settings()
        settings.name = name
        settings.models = model.map { URL(typed: $0) }
        settings.reports = reports.map { URL(typed: $0) }
        settings.siteConfiguration = siteConfig.map { URL(typed: $0) }
        let key = try Joining(home: home.folder, invitation: invitation).prepare(settings)
        output.note("Consortium's authority: \(invitation.authority.fingerprint.grouped)")
        output.note("This clinic's key:      \(key)")
        output.note("Compare both with the admin by telephone.")
        let site = try home.folder.configuration()
        let intake =
            site.reports.sources.isEmpty
            ? nil : try IntakeService(home.services()).importReports([], progress: output.progress)
        output.stopProgress()
        if let intake { output.note(intake.line) }
        let enrolment = try await Enrolment(home: home.folder).enroll(
            invitation, wait: wait, progress: output.progress)
        try output.finish(Result(enrolment: enrolment, reports: intake)) {
            """
            Enrolled: clinic \(enrolment.clinic) at \(enrolment.coordinator), until \(enrolment.validUntil.ISO8601Format()).
            Next: consilium-node run --home \(home.folder.folder.path) --approve JOB
            """
        }
    }
}
