public import Federation
public import Foundation
public import Identity

/// The clinic's folder: every key, the vault, the ledger, and a record of all that left.
///
/// ```
/// node.yaml        the site configuration, copied by `init`
/// keys/            TLS and signing keys (born here, 0600), certificates after enrolment
/// vault.sqlite     reports, sealed; vault.key beside it
/// ledger.sqlite    the privacy ledger
/// node.sqlite      jobs, approvals, rounds, egress index
/// jobs/<id>/       adapters, updates and optimizer state of a job
/// egress/          byte for byte what left
/// ```
public struct NodeHome: Sendable {
    public let folder: URL

    public init(_ folder: URL) { self.folder = folder.standardizedFileURL }

    public var configurationFile: URL { folder.appendingPathComponent("node.yaml") }
    public var keyFiles: KeyFiles { KeyFiles(folder: folder.appendingPathComponent("keys")) }
    public var vaultFile: URL { folder.appendingPathComponent("vault.sqlite") }
    public var vaultKeyFile: URL { folder.appendingPathComponent("vault.key") }
    public var siteKeyFile: URL { folder.appendingPathComponent("deidentification.key") }
    public var ledgerFile: URL { folder.appendingPathComponent("ledger.sqlite") }
    /// Of jobs with noise for whole clinics; made with the first of them.
    public var clinicLedgerFile: URL { folder.appendingPathComponent("clinic-ledger.sqlite") }
    public var stateFile: URL { folder.appendingPathComponent("node.sqlite") }
    public var egressFolder: URL { folder.appendingPathComponent("egress") }
    /// The newest roster of the consortium that this node has seen.
    public var rosterFile: URL { folder.appendingPathComponent("roster.json") }
    /// An enrolment that waits for the admin; becomes ``enrolmentFile`` when it is granted.
    public var pendingEnrolmentFile: URL { folder.appendingPathComponent("enrolment-pending.json") }
    public var enrolmentFile: URL { folder.appendingPathComponent("enrolment.json") }
    public func jobFolder(_ job: JobID) -> URL {
        folder.appendingPathComponent("jobs").appendingPathComponent(job.rawValue)
    }

    /// - Throws: ``NodeError`` `.notInitialized` unless `init` has made this folder.
    public func requireInitialized() throws {
        guard FileManager.default.fileExists(atPath: configurationFile.path) else {
            throw NodeError(
                .notInitialized,
                "\(folder.path) is no node folder. Make one with “consilium-node init \(folder.path) --site-config FILE”, or name "
                    + "another with --home.")
        }
    }

    public func configuration() throws -> SiteConfiguration {
        try requireInitialized()
        return try SiteConfiguration.load(from: configurationFile)
    }
}
