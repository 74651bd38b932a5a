internal import Admin
internal import ArgumentParser
internal import CommandLineSupport
internal import ConsiliumCore
internal import Foundation
internal import Identity

struct RosterCommands: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roster", abstract: "Let clinics in.", subcommands: [RosterSignCommand.self])
}

struct RosterSignCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Check the enrolments that wait, issue certificates, and sign the next roster.",
        discussion: """
            Each request is checked against the token record kept on this machine, not against the coordinator's. Before you \
            say yes, compare the fingerprint with what “consilium-node doctor” shows at the clinic.
            """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var session: SessionOptions

    @Option(help: ArgumentHelp("Keep asking the coordinator for so long.", valueName: "seconds"))
    var wait = 0

    @Option(
        help: ArgumentHelp(
            "Done when so many clinics are on the roster; exit 75 if they are not in time.", valueName: "n"))
    var expect: Int?

    @Flag(help: "Accept every request that is in order without asking.")
    var yes = false

    private struct Result: Encodable {
        struct Clinic: Encodable {
            let clinic: ClinicID
            let fingerprint: ContentHash
        }
        struct Refused: Encodable {
            let token: String
            let reason: String
        }
        var rosterVersion = 0
        var members: [ClinicID] = []
        var enrolled: [Clinic] = []
        var refused: [Refused] = []
    }

    func run(_ output: Output) async throws {
        let result = try await session.with { session in
            try await session.publishRoster()
            return try await enrol(session, output)
        }
        try output.finish(result) {
            let enrolled = result.enrolled.map { "  \($0.clinic)" }.joined(separator: "\n")
            let head = result.enrolled.isEmpty ? "Nobody new." : "Enrolled:\n\(enrolled)"
            return "\(head)\nRoster \(result.rosterVersion): \(result.members.count) clinics."
        }
    }

    private func enrol(_ session: AdminSession, _ output: Output) async throws -> Result {
        var result = Result()
        var told: Set<String> = []
        var declined: Set<String> = []
        let start = ContinuousClock.now
        while true {
            let review = try await session.reviewEnrolments()
            for refusal in review.refused where told.insert(refusal.tokenID).inserted {
                output.warn("a request was refused (token \(refusal.tokenID)): \(refusal.reason.message)")
                result.refused.append(Result.Refused(token: refusal.tokenID, reason: refusal.reason.message))
            }
            var accepted: [EnrolmentDesk.Candidate] = []
            for candidate in review.candidates where !declined.contains(candidate.tokenID) {
                if try candidate.isRepeated || isAccepted(candidate, output) {
                    accepted.append(candidate)
                } else {
                    declined.insert(candidate.tokenID)
                }
            }
            let admission = try await session.admit(accepted)
            result.rosterVersion = admission.version
            result.members = admission.members.map(\.clinic)
            result.enrolled += accepted.filter { !$0.isRepeated }.map {
                Result.Clinic(clinic: $0.clinic, fingerprint: $0.fingerprint)
            }
            if result.members.count >= expect ?? (wait > 0 && result.enrolled.isEmpty ? .max : 0) { return result }
            let waited = start.duration(to: .now).components.seconds
            guard waited < wait else {
                guard let expect else { return result }
                throw AdminError(
                    .enrolmentsMissing,
                    "\(result.members.count) of \(expect) clinics are on the roster. Let the others run “consilium-node enroll”, then "
                        + "run the same command again.")
            }
            output.progress(
                ProgressUpdate(
                    activity: "wait for clinics", completed: Double(result.members.count),
                    total: expect.map(Double.init),
                    unit: "clinics"))
            try await Task.sleep(for: .milliseconds(300))
        }
    }

    private func isAccepted(_ candidate: EnrolmentDesk.Candidate, _ output: Output) throws -> Bool {
        output.note(
            "\(candidate.name) (\(candidate.clinic))\(candidate.replacesMember ? ", REPLACES the keys it has now" : "")"
        )
        output.note("  fingerprint  \(candidate.fingerprint.grouped)")
        return try yes || Confirmation.ask("  Does the clinic read out the same fingerprint, and may it join?")
    }
}
