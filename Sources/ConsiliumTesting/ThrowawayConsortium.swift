public import Foundation
public import Identity

/// A whole consortium for one test: authority, admin, coordinator and some clinics, each with keys and certificates in
/// a folder of its own, and a signed roster of all of them.
///
/// ```
/// ca/  admin/  coordinator/  clinic-1/  clinic-2/  …        each peer's folder as `KeyFiles` describes it
/// ```
public struct ThrowawayConsortium: Sendable {
    public let folder: TemporaryFolder
    public let authority: CertificateAuthority
    public let admin: PeerCredentials
    /// Its TLS certificate is for `localhost`, `127.0.0.1` and `::1`.
    public let coordinator: PeerCredentials
    /// `clinic-1`, `clinic-2`, …
    public let clinics: [PeerCredentials]
    public let roster: SignedDocument<Roster>
    /// When everything was issued.
    public let date: Date

    /// - Parameter date: the real time unless a test has a clock of its own; TLS libraries look at the real one.
    public init(clinics count: Int = 3, name: String = "Test consortium", at date: Date = Date()) async throws {
        // Signed dates have whole seconds.
        let date = Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down))
        let folder = try TemporaryFolder()
        let authority = try CertificateAuthority(consortium: name, at: date)
        try authority.save(to: folder.path("ca"))
        func join(_ role: PeerRole, _ name: String) async throws -> PeerCredentials {
            let files = KeyFiles(folder: folder.path(name))
            let isCoordinator = role.isCoordinator
            let grant = try authority.grant(
                files.createKeys(), role: role, dnsNames: isCoordinator ? ["localhost"] : [],
                ipAddresses: isCoordinator ? ["127.0.0.1", "::1"] : [], at: date)
            return try await files.install(grant, role: role, authority: authority.certificate, at: date)
        }
        let admin = try await join(.admin("test"), "admin")
        let coordinator = try await join(.coordinator, "coordinator")
        var clinics: [PeerCredentials] = []
        for id in try (0..<count).map({ try ClinicID("clinic-\($0 + 1)") }) {
            clinics.append(try await join(.clinic(id), id.text))
        }
        let roster = try Roster(
            consortium: name, version: 1, issuedAt: date,
            members: clinics.map {
                try Roster.Member(
                    name: "\($0.role)", tlsCertificate: $0.tlsCertificate, signingCertificate: $0.signingCertificate)
            },
            coordinator: Roster.Official(
                tlsCertificate: coordinator.tlsCertificate, signingCertificate: coordinator.signingCertificate),
            admins: [
                Roster.Official(tlsCertificate: admin.tlsCertificate, signingCertificate: admin.signingCertificate)
            ])
        self.folder = folder
        self.authority = authority
        self.admin = admin
        self.coordinator = coordinator
        self.clinics = clinics
        self.roster = try admin.sign(roster, kind: .roster)
        self.date = date
    }

    /// The folder of a peer's keys and certificates.
    public func files(of peer: PeerCredentials) -> KeyFiles {
        switch peer.role {
        case .clinic(let id): KeyFiles(folder: folder.path(id.text))
        case .coordinator: KeyFiles(folder: folder.path("coordinator"))
        case .admin: KeyFiles(folder: folder.path("admin"))
        }
    }
}
