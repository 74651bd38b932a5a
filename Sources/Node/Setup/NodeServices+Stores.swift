internal import ConsiliumCore
internal import Crypto
internal import Foundation
internal import Identity
internal import Ledger
internal import Privacy
internal import Reports

extension NodeServices {
    func vault() throws -> Vault {
        try Vault.open(home.vaultFile, key: VaultKey.load(from: home.vaultKeyFile))
    }

    func vaultKey() throws -> VaultKey { try VaultKey.load(from: home.vaultKeyFile) }

    /// Opens the ledger and verifies all of it; one process at a time.
    /// - Throws: ``NodeError`` `.privacyStateMissing` if the file is gone: a node never starts a second ledger by itself.
    func ledger() throws -> PrivacyLedger {
        guard FileManager.default.fileExists(atPath: home.ledgerFile.path) else {
            throw NodeError(
                .privacyStateMissing,
                "The privacy ledger \(home.ledgerFile.path) is missing. Nothing is trained without it: restore it from a backup."
            )
        }
        return try PrivacyLedger.open(
            at: home.ledgerFile, clinic: site.clinic.id.text, signingKey: ledgerKey(), now: now)
    }

    /// Opens the ledger of jobs with noise for whole clinics.
    /// - Throws: ``NodeError`` `.privacyStateMissing` if the file is gone.
    func clinicLedger() throws -> PrivacyLedger {
        guard FileManager.default.fileExists(atPath: home.clinicLedgerFile.path) else {
            throw NodeError(
                .privacyStateMissing,
                "The ledger \(home.clinicLedgerFile.path) is missing, and a job needs it. Restore it from a backup, or deny the job."
            )
        }
        return try PrivacyLedger.open(
            at: home.clinicLedgerFile, clinic: site.clinic.id.text, signingKey: ledgerKey(), now: now)
    }

    /// Makes the ledger of jobs with noise for whole clinics, unless there is one.
    ///
    /// - Parameter isFirst: whether no such job was ever approved here. Later the file must be there.
    func requireClinicLedger(isFirst: Bool) throws {
        guard !FileManager.default.fileExists(atPath: home.clinicLedgerFile.path) else { return }
        guard isFirst else { return _ = try clinicLedger() }
        let policy = BudgetPolicy(
            scope: site.privacy.dataset,
            cap: try PrivacyBudget(epsilon: site.privacy.clinicEpsilonCap, delta: site.privacy.delta), unit: .clinic)
        _ = try PrivacyLedger.create(
            at: home.clinicLedgerFile, clinic: site.clinic.id.text, signingKey: ledgerKey(), policy: policy)
    }

    /// What the clinic itself has spent; `nil` before the first job with noise for whole clinics.
    func clinicBudget() throws -> BudgetStatement? {
        guard FileManager.default.fileExists(atPath: home.clinicLedgerFile.path) else { return nil }
        return try PrivacyLedger.statement(
            at: home.clinicLedgerFile, clinic: site.clinic.id.text, publicKey: ledgerKey().publicKey)
    }

    private func ledgerKey() throws -> Curve25519.Signing.PrivateKey {
        try Curve25519.Signing.PrivateKey(rawRepresentation: home.keyFiles.loadKeys().signing.seed)
    }

    /// What is spent and left, read from a verified copy, so that it works while “run” holds the ledger.
    func budget() throws -> BudgetStatement {
        try PrivacyLedger.statement(
            at: home.ledgerFile, clinic: site.clinic.id.text, publicKey: ledgerKey().publicKey)
    }

    static func createVault(_ home: NodeHome, random: any SecureRandom) throws {
        let key =
            FileManager.default.fileExists(atPath: home.vaultKeyFile.path)
            ? try VaultKey.load(from: home.vaultKeyFile) : try VaultKey.create(at: home.vaultKeyFile, random: random)
        try Vault.open(home.vaultFile, key: key, random: random).close()
    }

    static func createLedger(_ home: NodeHome, site: SiteConfiguration, key: SigningKey) throws {
        let policy = BudgetPolicy(
            scope: site.privacy.dataset,
            cap: try PrivacyBudget(epsilon: site.privacy.epsilonCap, delta: site.privacy.delta))
        _ = try PrivacyLedger.create(
            at: home.ledgerFile, clinic: site.clinic.id.text,
            signingKey: Curve25519.Signing.PrivateKey(rawRepresentation: key.seed), policy: policy)
    }
}
