internal import Crypto
internal import Privacy

extension LedgerState {
    /// The state after all rows of a clinic's own ledger, for those who refuse a ledger with any violation.
    ///
    /// - Throws: ``LedgerError`` `.tampered` if anything does not verify, `.wrongClinic` if it belongs to another
    ///   clinic or key.
    static func verified(
        _ rows: [StoredRow], _ signedHead: SignedHead?, clinic: String, publicKey: Curve25519.Signing.PublicKey
    ) throws -> (state: LedgerState, policy: BudgetPolicy) {
        if let key = RowVerifier.genesisKey(rows), key.rawRepresentation != publicKey.rawRepresentation {
            throw LedgerError(
                .wrongClinic,
                "The ledger was written with another key than this clinic's. Check that the folder is this clinic's.")
        }
        var state = LedgerState()
        for (stored, verified) in zip(rows, RowVerifier.verify(rows, publicKey: publicKey)) {
            state.absorb(stored, verified)
        }
        state.check(signedHead, publicKey: publicKey)
        if let first = state.violations.first {
            let place = first.sequence.map { "row \($0): " } ?? ""
            throw LedgerError(
                .tampered,
                "The ledger does not verify (\(place)\(first.message)). Keep the file as it is, run "
                    + "“consilium-admin audit” on it, and train nothing until that is explained.")
        }
        guard state.clinic == clinic else {
            throw LedgerError(
                .wrongClinic, "This is the ledger of another clinic. Check that the folder is \(clinic)'s.")
        }
        guard let policy = state.policy else {
            throw LedgerError(.unreadable, "The ledger has no policy. Run “consilium-admin audit”.")
        }
        return (state, policy)
    }
}
