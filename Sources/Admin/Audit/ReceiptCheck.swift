internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Identity
internal import Ledger

/// Holds a ledger against what others remember of it, and the coordinator's records against what the clinic remembers.
///
/// An older copy of a disk verifies by itself. Only somebody else's memory shows that it is older: the coordinator's, of the
/// rows that a clinic's signed updates name; the clinic's, of the updates that it sent and of the results that it was shown.
struct ReceiptCheck {
    let coordinators: [CoordinatorRecords]
    let coordinatorKey: SigningPublicKey?

    /// What is wrong in the coordinators' records themselves.
    private(set) var violations: [String: [LedgerViolation]] = [:]
    /// Receipts that a ledger was held against.
    private(set) var checked = 0

    init(coordinators: [CoordinatorRecords], coordinatorKey: SigningPublicKey?) {
        self.coordinators = coordinators
        self.coordinatorKey = coordinatorKey
        for records in coordinators {
            for fault in records.faults { report(records, .unreadableRow, fault) }
            checkResults(records)
        }
    }

    // MARK: A clinic's ledger

    mutating func check(_ ledger: inout AuditReport.Ledger, _ node: NodeRecords?) {
        let found = Findings()
        for fault in node?.faults ?? [] { found.add(.unreadableRow, nil, fault) }
        // Updates and results name rows of the patients' ledger; of the clinic's own, only its rounds know.
        guard ledger.budget?.unit != .clinic else {
            for (job, round, head) in node?.clinicReservations ?? [] {
                requireRow(head, in: ledger, found, "the clinic's own record of round \(round) of “\(job)”")
            }
            return ledger.violations += found.violations
        }
        for round in node?.rounds ?? [] {
            if let head = round.reservation {
                requireRow(
                    head, in: ledger, found, "the clinic's own record of round \(round.number) of “\(round.job)”")
            }
        }
        for manifest in node?.sent ?? [] {
            if let head = manifest.head {
                requireRow(
                    head, in: ledger, found, "the update that left for round \(manifest.round) of “\(manifest.job)”")
            }
        }
        for records in coordinators { check(ledger, records, found) }
        for (document, result) in node?.results ?? [] {
            for participant in result.participants where participant.clinic.text == ledger.clinic {
                if let head = participant.head {
                    requireRow(head, in: ledger, found, "the result of round \(result.round) of “\(result.job)”")
                }
            }
            requireAtCoordinator(document, result)
        }
        if let node { requireAtCoordinator(node, ledger) }
        ledger.violations += found.violations
    }

    private mutating func check(_ ledger: AuditReport.Ledger, _ records: CoordinatorRecords, _ found: Findings) {
        let releases = Dictionary(grouping: ledger.releases) { Key(job: $0.job, round: $0.round) }
        for update in records.updates where update.manifest.clinic.text == ledger.clinic {
            let manifest = update.manifest
            let name = "round \(manifest.round) of “\(manifest.job)”"
            guard let key = ledger.publicKey.flatMap({ Data(hexadecimal: $0) }),
                (try? SigningPublicKey(bytes: key)).map({ update.document.isSigned(by: $0) }) == true
            else {
                report(
                    records, .badSignature,
                    "the update of \(ledger.clinic) for \(name) is not signed by that clinic's key")
                continue
            }
            checked += 1
            if let head = manifest.head {
                requireRow(head, in: ledger, found, "the coordinator's receipt of \(name)")
            }
            guard let job = records.jobs[manifest.job] else {
                report(records, .recordsDisagree, "there is an update for “\(manifest.job)” but no such job")
                continue
            }
            guard job.manifest.privacy != nil else { continue }
            let own = releases[Key(job: manifest.job.rawValue, round: manifest.round)] ?? []
            let before = own.filter { $0.head.sequence <= manifest.ledgerSequence ?? -1 }
            if before.isEmpty {
                found.add(
                    .updateWithoutReserve, manifest.ledgerSequence,
                    "the coordinator holds an update for \(name), for which nothing was reserved before it was made")
            } else if !before.contains(where: { $0.planHash == manifest.jobHash }) {
                found.add(
                    .recordsDisagree, before.last?.head.sequence,
                    "the reservation for \(name) is for another version of the job than the update")
            }
            if let committed = own.first(where: { $0.outcome == .commit }), committed.transcript != manifest.root {
                found.add(
                    .recordsDisagree, committed.head.sequence,
                    "the ledger and the coordinator name different updates for \(name)")
            }
        }
        let received = Set(
            records.updates.filter { $0.manifest.clinic.text == ledger.clinic && $0.isComplete }.map {
                Key(job: $0.manifest.job.rawValue, round: $0.manifest.round)
            })
        for release in ledger.releases where release.outcome == .commit {
            let key = Key(job: release.job, round: release.round)
            guard let id = try? JobID(release.job), records.jobs[id] != nil, !received.contains(key) else { continue }
            report(
                records, .missingAtCoordinator,
                "\(ledger.clinic)'s ledger shows the update for round \(release.round) of “\(release.job)” as accepted")
        }
    }

    private func requireRow(_ head: LedgerHead, in ledger: AuditReport.Ledger, _ found: Findings, _ witness: String) {
        if !ledger.contains(head) {
            found.add(
                .rolledBack, head.sequence,
                "\(witness) names row \(head.sequence) with another hash, or a row that is no longer there")
        }
    }

    // MARK: The coordinator's records

    private mutating func checkResults(_ records: CoordinatorRecords) {
        let updates = Dictionary(
            records.updates.map { (Delivery($0.manifest), $0.manifest.root) }, uniquingKeysWith: { first, _ in first })
        var last: [JobID: RoundResult] = [:]
        for (document, result) in records.results.map({ ($0.document, $0.result) }) {
            let name = "round \(result.round) of “\(result.job)”"
            if let coordinatorKey, !document.isSigned(by: coordinatorKey) {
                report(records, .badSignature, "the result of \(name) is not signed by the roster's coordinator")
            }
            let previous = last[result.job]
            if result.round != (previous?.round ?? 0) + 1 {
                report(records, .sequenceGap, "the result before \(name) is missing")
            } else if let previous, result.previousAdapter != previous.adapter {
                report(
                    records, .brokenChain, "\(name) does not start from the adapter that the round before ended with")
            }
            last[result.job] = result
            for participant in result.participants {
                let key = Delivery(job: result.job, round: result.round, clinic: participant.clinic)
                if updates[key] != participant.updateRoot {
                    report(
                        records, .recordsDisagree,
                        "the result of \(name) contains an update of \(participant.clinic) that was not received")
                }
            }
        }
    }

    /// A result that a clinic was shown must still be in the coordinator's records, word for word.
    private mutating func requireAtCoordinator(_ document: SignedDocument<RoundResult>, _ result: RoundResult) {
        for records in coordinators {
            if records.results.contains(where: { $0.document.payloadHash == document.payloadHash }) { return }
        }
        guard let records = coordinators.first else { return }
        report(
            records, .missingAtCoordinator,
            "a clinic holds the signed result of round \(result.round) of “\(result.job)”")
    }

    /// What a clinic saw confirmed must still be there.
    private mutating func requireAtCoordinator(_ node: NodeRecords, _ ledger: AuditReport.Ledger) {
        guard let first = coordinators.first else { return }
        let received = Set(
            coordinators.flatMap(\.updates).filter(\.isComplete).map { Delivery($0.manifest) })
        for round in node.rounds where round.isDelivered {
            guard let manifest = round.manifest, !received.contains(Delivery(manifest)) else { continue }
            report(
                first, .missingAtCoordinator,
                "\(ledger.clinic) has the confirmation of its update for round \(manifest.round) of “\(manifest.job)”")
        }
    }

    private mutating func report(_ records: CoordinatorRecords, _ code: LedgerViolation.Code, _ message: String) {
        let message =
            code == .missingAtCoordinator
            ? "\(message), which the coordinator's records lack: they were rolled back or belong to another coordinator"
            : message
        let violation = LedgerViolation(code: code, sequence: nil, message: message)
        let known = violations[records.file.path, default: []]
        if !known.contains(violation) { violations[records.file.path, default: []].append(violation) }
    }

    private struct Key: Hashable {
        var job: String
        var round: Int
    }

    private struct Delivery: Hashable {
        var job: JobID
        var round: Int
        var clinic: ClinicID

        init(job: JobID, round: Int, clinic: ClinicID) {
            self.job = job
            self.round = round
            self.clinic = clinic
        }

        init(_ manifest: UpdateManifest) {
            self.init(job: manifest.job, round: manifest.round, clinic: manifest.clinic)
        }
    }

    /// What was found about one ledger, each thing once.
    private final class Findings {
        private(set) var violations: [LedgerViolation] = []

        func add(_ code: LedgerViolation.Code, _ sequence: Int?, _ message: String) {
            let violation = LedgerViolation(code: code, sequence: sequence, message: message)
            if !violations.contains(violation) { violations.append(violation) }
        }
    }
}

extension UpdateManifest {
    /// The ledger's row that the update names.
    fileprivate var head: LedgerHead? {
        guard let ledgerSequence, let ledgerHash else { return nil }
        return LedgerHead(sequence: ledgerSequence, hash: ledgerHash)
    }
}

extension RoundResult.Participant {
    fileprivate var head: LedgerHead? {
        guard let ledgerSequence, let ledgerHash else { return nil }
        return LedgerHead(sequence: ledgerSequence, hash: ledgerHash)
    }
}
