public import ConsiliumCore
public import Federation
public import Foundation
public import Identity

/// The admin's folder: the only place where the consortium's authority lies.
///
/// ```
/// ca-key.pem, ca.pem   the authority; the key never leaves this folder
/// admin.json           name of the consortium, address of the coordinator
/// keys/                the admin's own TLS and signing keys and certificates
/// roster.json          the newest roster that was signed here
/// certificates/        renewed certificates, and the coordinator's
/// tokens/              the public record of each enrolment token, and what was granted under it
/// jobs/                signed jobs
/// adapters/            the adapters that they start from, by hash
/// ```
public struct AdminHome: Sendable {
    public let folder: URL

    public init(_ folder: URL) { self.folder = folder.standardizedFileURL }

    public var authorityFile: URL { folder.appendingPathComponent("ca.pem") }
    public var settingsFile: URL { folder.appendingPathComponent("admin.json") }
    public var rosterFile: URL { folder.appendingPathComponent("roster.json") }
    public var keyFiles: KeyFiles { KeyFiles(folder: folder.appendingPathComponent("keys")) }
    public var tokens: TokenRegister { TokenRegister(folder: folder.appendingPathComponent("tokens")) }
    public var certificates: CertificateShelf {
        CertificateShelf(folder: folder.appendingPathComponent("certificates"))
    }
    /// Where an auditor collects the ledgers that clinics have exported.
    public var ledgersFolder: URL { folder.appendingPathComponent("ledgers") }
    var jobsFolder: URL { folder.appendingPathComponent("jobs") }
    var adaptersFolder: URL { folder.appendingPathComponent("adapters") }

    public func jobFile(_ job: JobID) -> URL { jobsFolder.appendingPathComponent("\(job).json") }
    public func adapterFile(_ hash: ContentHash) -> URL { adaptersFolder.appendingPathComponent("\(hash).safetensors") }

    /// - Throws: ``AdminError`` `.notInitialized` or `.malformedFolder`.
    public func settings() throws -> AdminSettings {
        guard FileManager.default.fileExists(atPath: settingsFile.path) else {
            throw AdminError(
                .notInitialized,
                "\(folder.path) is no admin's folder. Make one with “consilium-admin init”, or name another with --home."
            )
        }
        do {
            return try CanonicalJSON.decode(AdminSettings.self, from: DurableFile.read(settingsFile, limit: 1 << 20))
        } catch {
            throw AdminError(
                .malformedFolder, "\(settingsFile.path) can't be read. Restore it from a backup.", cause: error)
        }
    }

    public func authority() throws -> CertificateAuthority { try CertificateAuthority(folder: folder) }

    public func credentials() throws -> PeerCredentials {
        _ = try settings()
        return try keyFiles.loadCredentials()
    }

    /// The newest roster signed here, with its signature. Checked again, because a restored backup may hold anything.
    /// - Throws: ``IdentityError`` if it was altered or is another consortium's.
    public func roster(at date: Date) async throws -> (document: SignedDocument<Roster>, roster: Roster) {
        let settings = try settings()
        let document = try SignedDocument<Roster>(file: rosterFile)
        // As of its own date: after the admin's certificate has ended the roster is still the one to renew.
        let roster = try await document.verified(
            kind: .roster, authority: AuthorityCertificate(file: authorityFile), asOf: \.issuedAt, now: date,
            requiredRole: \.isAdmin
        ).payload
        guard roster.consortium == settings.consortium else {
            throw AdminError(
                .malformedFolder,
                "\(rosterFile.path) is the roster of another consortium. Restore the folder from one backup.")
        }
        return (document, roster)
    }
}
