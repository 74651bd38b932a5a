internal import ConsiliumCore
public import Foundation

/// Where a party's keys and certificates lie in its folder.
///
/// | file | holds | permissions |
/// |---|---|---|
/// | `tls-key.pem`, `signing-key.pem` | the private keys | 0600 |
/// | `tls.pem`, `signing.pem` | the certificates | 0644 |
/// | `ca.pem` | the consortium's authority | 0644 |
/// | `format` | the version of this table, from 1; a folder without it has version 1 | 0644 |
public struct KeyFiles: Sendable {
    public let folder: URL

    public init(folder: URL) { self.folder = folder }

    public var tlsKey: URL { folder.appendingPathComponent("tls-key.pem") }
    public var signingKey: URL { folder.appendingPathComponent("signing-key.pem") }
    public var tlsCertificate: URL { folder.appendingPathComponent("tls.pem") }
    public var signingCertificate: URL { folder.appendingPathComponent("signing.pem") }
    public var authority: URL { folder.appendingPathComponent("ca.pem") }
    public var format: URL { folder.appendingPathComponent("format") }

    /// What this version writes, and the newest that it reads.
    public static let currentFormat = 1

    /// The keys of this folder; those that are missing are born now. After a crash in between, run it again.
    public func createKeys() throws -> PeerKeys {
        try DurableFile.createFolder(folder)
        if !FileManager.default.fileExists(atPath: format.path) {
            try DurableFile.write(Data("\(Self.currentFormat)\n".utf8), to: format, permissions: 0o644)
        }
        if !FileManager.default.fileExists(atPath: tlsKey.path) {
            try DurableFile.write(Data(TLSKey().pem.utf8), to: tlsKey)
        }
        if !FileManager.default.fileExists(atPath: signingKey.path) {
            try DurableFile.write(Data(SigningKey().pem.utf8), to: signingKey)
        }
        return try loadKeys()
    }

    /// - Throws: ``IdentityError`` `.exposedKeyFile` if other users may read a key, `.newerFormat` for a folder that a later
    ///   version made.
    public func loadKeys() throws -> PeerKeys {
        try requireKnownFormat()
        return PeerKeys(
            tls: try TLSKey(pem: KeyFile.read(tlsKey)), signing: try SigningKey(pem: KeyFile.read(signingKey)))
    }

    private func requireKnownFormat() throws {
        guard FileManager.default.fileExists(atPath: format.path) else { return }
        let written = try text(format).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let version = Int(written), (1...Self.currentFormat).contains(version) else {
            throw IdentityError(
                .newerFormat,
                "The keys in \(folder.path) are in a form (“\(written.prefix(20))”) that this version does not know. Nothing was "
                    + "changed; run the version that wrote them, or a later one.")
        }
    }

    /// Whether certificates have been installed.
    public var isEnrolled: Bool {
        [tlsCertificate, signingCertificate, authority].allSatisfy { FileManager.default.fileExists(atPath: $0.path) }
    }

    /// Checks the grant against this folder's keys, the expected role and the authority that was trusted beforehand,
    /// then writes the certificates.
    public func install(_ grant: EnrolmentGrant, role: PeerRole, authority trusted: AuthorityCertificate, at date: Date)
        async throws -> PeerCredentials
    {
        let credentials = try await grant.credentials(keys: loadKeys(), role: role, authority: trusted, at: date)
        try DurableFile.write(Data(grant.tlsCertificate.pem.utf8), to: tlsCertificate, permissions: 0o644)
        try DurableFile.write(Data(grant.signingCertificate.pem.utf8), to: signingCertificate, permissions: 0o644)
        try DurableFile.write(Data(trusted.pem.utf8), to: authority, permissions: 0o644)
        return credentials
    }

    /// Keys and certificates, checked to belong together. The chain was checked when they were installed.
    ///
    /// - Throws: ``IdentityError`` `.notEnrolled`, `.keyMismatch`, `.exposedKeyFile`, `.malformedCertificate`.
    public func loadCredentials() throws -> PeerCredentials {
        guard isEnrolled else {
            throw IdentityError(
                .notEnrolled, "\(folder.path) has no certificates yet. A clinic runs “consilium-node enroll” first.")
        }
        return try PeerCredentials(
            keys: loadKeys(), tlsCertificate: PeerCertificate(pem: text(tlsCertificate)),
            signingCertificate: PeerCertificate(pem: text(signingCertificate)),
            authority: AuthorityCertificate(file: authority))
    }

    private func text(_ url: URL) throws -> String {
        String(decoding: try DurableFile.read(url, limit: CertificateCoding.maximumLength), as: UTF8.self)
    }
}
