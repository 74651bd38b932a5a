internal import ConsiliumCore
internal import Crypto
public import Foundation
internal import Privacy

/// Verifies ledgers offline, from their files alone: chain, signatures, order, replays, and epsilon computed anew
/// from the
/// mechanisms in the rows, never taken from what the rows claim.
///
/// Reads SQLite ledgers and JSON Lines exports; changes neither. A ledger in use may be audited: a copy is read.
public enum LedgerAudit {
    /// - Parameters:
    ///   - publicKeys: Ed25519 keys by clinic, hexadecimal, from the roster. A ledger whose clinic is not listed is
    /// checked
    ///     against the key in its own first row, which shows that it is consistent but not whose it is.
    ///   - expectedHeads: the last heads that others remember of each clinic. A ledger that does not contain such a
    /// row was
    ///     rolled back or rewritten.
    ///   - delta: report epsilon at this delta instead of the policy's. The cap is still held against the policy's
    /// delta.
    ///   - isTight: also account by privacy loss distributions, which takes a millisecond for each distinct mechanism.
    public static func audit(
        files: [URL], publicKeys: [String: String] = [:], expectedHeads: [String: [LedgerHead]] = [:],
        delta: Double? = nil, isTight: Bool = false
    ) -> AuditReport {
        let ledgers = files.map {
            audit($0, publicKeys: publicKeys, expectedHeads: expectedHeads, delta: delta, isTight: isTight)
        }
        return AuditReport(ledgers: ledgers, isClean: ledgers.allSatisfy { $0.violations.isEmpty })
    }

    private static func audit(
        _ url: URL, publicKeys: [String: String], expectedHeads: [String: [LedgerHead]], delta: Double?,
        isTight: Bool
    ) -> AuditReport.Ledger {
        let copy: LedgerCopy
        do {
            copy = try read(url)
        } catch {
            let message = (error as? any ConsiliumError)?.message ?? "the file can't be read"
            return AuditReport.Ledger(
                file: url.lastPathComponent, clinic: "", scope: "", rows: 0,
                violations: [LedgerViolation(code: .unreadableFile, sequence: nil, message: message)])
        }
        let rows = copy.rows
        let ownKey = RowVerifier.genesisKey(rows)
        let clinic = rows.first.flatMap { try? CanonicalJSON.decode(LedgerRow.self, from: $0.body).clinic } ?? ""
        let pinned = publicKeys[clinic].flatMap { Data(hexadecimal: $0) }
        let key = pinned.flatMap { try? Curve25519.Signing.PublicKey(rawRepresentation: $0) } ?? ownKey
        var state = LedgerState()
        for (stored, verified) in zip(rows, RowVerifier.verify(rows, publicKey: key)) {
            state.absorb(stored, verified)
        }
        state.check(copy.head, publicKey: key)
        if let fault = copy.fault { state.report(.alteredFile, nil, "the file was altered: \(fault.message)") }
        if let pinned, pinned != ownKey?.rawRepresentation {
            state.report(.wrongKey, 0, "the ledger names another key than the roster has for this clinic")
        }
        for expected in expectedHeads[clinic] ?? [] where state.hashes[expected.sequence] != expected.hash {
            state.report(
                .rolledBack, expected.sequence,
                "a receipt remembers row \(expected.sequence) with another hash, or a row that is no longer there")
        }
        var result = AuditReport.Ledger(
            file: url.lastPathComponent, clinic: state.clinic, scope: state.policy?.scope ?? "", rows: rows.count,
            head: state.head, publicKey: key?.rawRepresentation.hexadecimal,
            budget: state.policy.flatMap { try? BudgetStatement(state, policy: $0, delta: delta) },
            violations: state.violations)
        result.hashes = state.hashes
        if let policy = state.policy {
            var accounts = SpendingAccounts(state, delta: delta ?? policy.cap.delta, isTight: isTight)
            accounts.write(to: &result)
            result.audits = EmpiricalFinding.all(in: state, isTight: isTight)
            result.violations += result.audits.filter { $0.verdict == .refuted }.map {
                LedgerViolation(
                    code: .privacyRefuted, sequence: $0.sequence, message: "empirical audit of \($0.text.dropLast())")
            }
        }
        return result
    }

    private static func read(_ url: URL) throws -> LedgerCopy {
        if let copy = try LedgerCopy.read(url) { return copy }
        let lines = try LedgerLines.decode(DurableFile.read(url, limit: 4 << 30))
        return LedgerCopy(rows: lines.rows, head: lines.head)
    }
}
