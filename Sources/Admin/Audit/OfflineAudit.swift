internal import ConsiliumCore
public import Foundation
public import Identity
public import Ledger

/// An audit of ledgers as a person asks for it: paths, remembered heads and, where there is one, the roster.
public struct OfflineAudit: Sendable {
    /// Keys by clinic, from a roster whose signature was checked.
    public var publicKeys: [String: String] = [:]
    /// Whether ledgers are held against a roster: one of a clinic that is not on it is then a violation.
    public private(set) var hasRoster = false
    public var expectedHeads: [String: [LedgerHead]] = [:]
    /// From the roster: results must be signed with it.
    public private(set) var coordinatorKey: SigningPublicKey?
    /// Report epsilon at this delta instead of each ledger's own.
    public var delta: Double?
    /// Also account by privacy loss distributions.
    public var isTight = false

    public init() {}

    /// Every ledger must be of a clinic on the roster, and signed with the key that it lists.
    public mutating func trust(_ roster: Roster) {
        hasRoster = true
        coordinatorKey = roster.coordinator.signingKey
        for member in roster.members { publicKeys[member.clinic.text] = member.signingKey.bytes.hexadecimal }
    }

    /// - Parameter text: `clinic:sequence:hash`, as a receipt or a round's result remembers it.
    public mutating func expectHead(_ text: String) throws {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let clinic = try? ClinicID(parts[0]), let sequence = Int(parts[1]), sequence >= 0,
            let hash = try? ContentHash(hex: parts[2])
        else {
            throw AdminError(
                .invalidOption,
                "A remembered head has the form clinic:sequence:hash, with the 64 digits of a row's hash.")
        }
        expectedHeads[clinic.text, default: []].append(LedgerHead(sequence: sequence, hash: hash))
    }

    /// - Throws: ``AdminError`` `.fileMissing` or `.invalidOption`. What is wrong *in* a ledger is in the report.
    public func run(_ paths: [URL]) throws -> AuditReport {
        if let delta {
            guard delta > 0, delta < 1 else {
                throw AdminError(.invalidOption, "Delta must be above 0 and below 1, such as 1e-5.")
            }
        }
        let found = try AuditPaths(paths)
        var report = LedgerAudit.audit(
            files: found.ledgers, publicKeys: publicKeys, expectedHeads: expectedHeads, delta: delta, isTight: isTight)
        for (index, file) in found.ledgers.enumerated() {
            CanaryRecount.check(&report.ledgers[index], in: file.deletingLastPathComponent())
        }
        try holdAgainstReceipts(&report, found)
        guard hasRoster else { return report }
        for index in report.ledgers.indices {
            let ledger = report.ledgers[index]
            guard keySource(of: ledger) == .ledger, !ledger.violations.contains(where: { $0.code == .unreadableFile })
            else { continue }
            report.ledgers[index].violations.append(
                LedgerViolation(
                    code: .wrongClinic, sequence: nil,
                    message: "unknown clinic: it is not on the roster, so nobody vouches for the key that it names"))
            report.isClean = false
        }
        return report
    }

    /// Receipts of both sides: what the coordinator and the clinic's own folder remember.
    private func holdAgainstReceipts(_ report: inout AuditReport, _ found: AuditPaths) throws {
        var check = ReceiptCheck(
            coordinators: try found.coordinators.map { try CoordinatorRecords(reading: $0) },
            coordinatorKey: coordinatorKey)
        for (index, file) in found.ledgers.enumerated() {
            guard !report.ledgers[index].clinic.isEmpty else { continue }
            check.check(&report.ledgers[index], try NodeRecords(folder: file.deletingLastPathComponent()))
        }
        report.witnesses = check.coordinators.map { records in
            AuditReport.Witness(
                file: records.file.lastPathComponent, updates: records.updates.count, results: records.results.count,
                violations: check.violations[records.file.path] ?? [], withdrawals: records.withdrawals)
        }
        report.isClean =
            report.ledgers.allSatisfy(\.violations.isEmpty) && report.witnesses.allSatisfy(\.violations.isEmpty)
    }

    /// Whose word the key was taken from that a ledger's rows were held against.
    public func keySource(of ledger: AuditReport.Ledger) -> AuditDocument.KeySource {
        publicKeys[ledger.clinic] == nil ? .ledger : .roster
    }

    /// The report with the source of each key, as `audit --json` prints it.
    public func document(_ report: AuditReport, sharedPatients: SharedPatients? = nil) -> AuditDocument {
        AuditDocument(
            ledgers: report.ledgers.map { AuditDocument.Entry(ledger: $0, keySource: keySource(of: $0)) },
            coordinators: report.witnesses, sharedPatients: sharedPatients, isClean: report.isClean)
    }
}

extension AuditReport {
    /// Whether a file could not be read at all, which is another exit code than a violation.
    public var hasUnreadableFile: Bool { ledgers.contains { $0.violations.contains { $0.code == .unreadableFile } } }

    /// One line: yes or no.
    public var verdict: String {
        let violations =
            ledgers.reduce(0) { $0 + $1.violations.count } + witnesses.reduce(0) { $0 + $1.violations.count }
        let rows = ledgers.reduce(0) { $0 + $1.rows }
        let scope = "\(ledgers.count) \(ledgers.count == 1 ? "ledger" : "ledgers"), \(rows) rows"
        guard !isClean else { return "Verdict: clean. \(scope): chains, signatures and budgets are in order." }
        let bad =
            ledgers.filter { !$0.violations.isEmpty }.map { $0.clinic.isEmpty ? $0.file : $0.clinic }
            + witnesses.filter { !$0.violations.isEmpty }.map(\.file)
        return
            "Verdict: NOT clean. \(scope): \(violations) violation\(violations == 1 ? "" : "s") in \(bad.joined(separator: ", "))."
    }
}

extension AuditReport.Ledger {
    /// Whether each kind of check found nothing.
    public var isChainIntact: Bool {
        !has([
            .unreadableFile, .unreadableRow, .misplacedGenesis, .brokenChain, .sequenceGap, .wrongHead, .rolledBack,
            .timeBackwards, .alteredFile,
        ])
    }

    public var isSigned: Bool { !has([.unreadableFile, .badSignature, .wrongKey, .wrongClinic]) }

    public var isWithinBudget: Bool {
        budget != nil
            && !has([
                .replayedRelease, .settlementWithoutReserve, .settledTwice, .invalidEvent, .relationMismatch,
                .budgetExceeded, .samplerMismatch, .updateWithoutReserve, .recordsDisagree, .wrongEpsilon,
                .privacyRefuted,
            ])
    }

    private func has(_ codes: Set<LedgerViolation.Code>) -> Bool { violations.contains { codes.contains($0.code) } }
}
