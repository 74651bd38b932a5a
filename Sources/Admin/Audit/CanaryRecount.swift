internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Ledger
internal import Privacy

/// Counts the right guesses of empirical audits again, from the canaries and scores that lie beside a ledger.
///
/// The ledger's rows hold their hashes and the coins; whoever has only the ledger can check the coins and the bound, not the
/// counting.
enum CanaryRecount {
    /// - Parameter folder: that of the ledger: of a clinic, or of one audited training.
    static func check(_ ledger: inout AuditReport.Ledger, in folder: URL) {
        for index in ledger.audits.indices {
            guard let result = ledger.audits[index].result,
                let files = candidates(ledger.audits[index].job, in: folder).first(where: { isFile($0.scores) })
            else { continue }
            if let fault = fault(ledger.audits[index].plan, result, files) {
                ledger.violations.append(
                    LedgerViolation(
                        code: .wrongAudit, sequence: ledger.audits[index].sequence,
                        message: "empirical audit of \(ledger.audits[index].job): \(fault)"))
            } else {
                ledger.audits[index].isRecounted = true
            }
        }
    }

    private struct Files {
        var canaries: URL
        var scores: URL

        init(_ folder: URL) {
            canaries = folder.appendingPathComponent("canaries.json")
            scores = folder.appendingPathComponent("scores.json")
        }
    }

    private static func candidates(_ job: String, in folder: URL) -> [Files] {
        // A name from a ledger becomes part of a path only if it is a job's.
        let own = (try? JobID(job)).map { folder.appendingPathComponent("jobs/\($0.rawValue)/audit") }
        return ([own].compactMap { $0 } + [folder]).map(Files.init)
    }

    private static func isFile(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }

    private static func fault(_ plan: CanaryPlan, _ result: CanaryResult, _ files: Files) -> String? {
        guard let canaries = try? ContentHash(ofFile: files.canaries), canaries == result.opening.canaries else {
            return "the file with the canaries is missing or not the one that was fixed before the training"
        }
        guard let bytes = try? DurableFile.read(files.scores, limit: 64 << 20), ContentHash(of: bytes) == result.scores
        else { return "the file with the scores is not the one that the result names" }
        guard let scores = try? CanonicalJSON.decode(CanaryScores.self, from: bytes).scores,
            let included = result.opening.included(count: plan.audit.canaries),
            let outcome = try? CanaryOutcome(plan.audit, scores: scores, included: included)
        else { return "its scores can't be read" }
        // The other figures are functions of the same scores; only rounding may tell two machines apart.
        let isSame =
            outcome.correct == result.outcome.correct
            && abs(outcome.truePositiveRate - result.outcome.truePositiveRate) < 1e-9
            && abs(outcome.exposure - result.outcome.exposure) < 1e-9
        return isSame
            ? nil : "the scores show \(outcome.correct) right guesses, the result says \(result.outcome.correct)"
    }
}
