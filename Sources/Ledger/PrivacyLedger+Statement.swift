public import Crypto
public import Foundation

extension PrivacyLedger {
    /// The balance of a ledger, read without its lock: also while another process holds and writes it.
    ///
    /// A copy of the database is read and all of it verified, as when opening. The
    /// original and the files beside it stay as they are. The balance is that of one moment: a process that holds the
    /// ledger may have reserved more since.
    ///
    /// - Parameter publicKey: the clinic's, as in its own key files or the roster.
    /// - Throws: ``LedgerError`` `.tampered`, `.wrongClinic`, `.unreadable`; `.locked` only if the file changes so fast
    ///   that no consistent copy can be had within a second.
    public static func statement(
        at url: URL, clinic: String, publicKey: Curve25519.Signing.PublicKey
    ) throws -> BudgetStatement {
        try LedgerFile.requirePresence(of: url)
        guard let copy = try LedgerCopy.read(url) else {
            throw LedgerError(
                .unreadable,
                "The file \(url.path) is not a ledger or is damaged. Keep it, and run “consilium-admin audit”."
            )
        }
        if let fault = copy.fault {
            throw LedgerError(
                .tampered,
                "The ledger's file was altered (\(fault.message)). Keep it as it is and run “consilium-admin audit” on it."
            )
        }
        let (state, policy) = try LedgerState.verified(copy.rows, copy.head, clinic: clinic, publicKey: publicKey)
        return try BudgetStatement(state, policy: policy)
    }
}
