internal import ConsiliumCore
public import Federation
public import Foundation
public import Identity

extension AdminHome {
    /// What `init` made.
    public struct Initialization: Sendable {
        public let grant: CoordinatorGrant
        public let authority: AuthorityCertificate
        public let roster: Roster
    }

    /// Founds a consortium: its authority, the admin's keys, the coordinator's certificates and a roster without members.
    ///
    /// - Parameters:
    ///   - request: what the coordinator's operator handed over; its TLS key proves itself, its signing key is believed
    ///     because the file came by hand.
    ///   - adminName: stands in the admin's certificates; the form of a clinic's id.
    /// - Throws: ``AdminError`` `.alreadyInitialized` rather than touch an existing authority, `.malformedRequest`.
    public func initialize(
        consortium: String, request: CoordinatorRequest, coordinatorURL: String?, adminName: String = "admin",
        at date: Date
    ) async throws -> Initialization {
        guard !FileManager.default.fileExists(atPath: settingsFile.path),
            !FileManager.default.fileExists(atPath: authorityFile.path)
        else {
            throw AdminError(
                .alreadyInitialized,
                "\(folder.path) holds a consortium already; nothing was changed. Name another folder for a new one.")
        }
        guard !request.dnsNames.isEmpty || !request.ipAddresses.isEmpty else {
            throw AdminError(
                .malformedRequest,
                "The coordinator's request names no host. Make it again with “consilium-coordinator init DIR --host NAME”."
            )
        }
        let date = date.wholeSeconds
        let authority = try CertificateAuthority(consortium: consortium, at: date)
        let certificates = try authority.grant(request, at: date)
        // A wrong name must show itself before anything is on disk.
        let role = try PeerRole(urn: PeerRole.admin(adminName).urn)
        let keys = try keyFiles.createKeys()
        let credentials = try await keyFiles.install(
            authority.grant(keys, role: role, at: date), role: role, authority: authority.certificate, at: date)
        let roster = try Roster(
            consortium: consortium, version: 1, issuedAt: date, members: [],
            coordinator: Roster.Official(
                tlsCertificate: certificates.tlsCertificate, signingCertificate: certificates.signingCertificate),
            admins: [
                Roster.Official(
                    tlsCertificate: credentials.tlsCertificate, signingCertificate: credentials.signingCertificate)
            ])
        let signed = try credentials.sign(roster, kind: .roster)
        try signed.write(to: rosterFile)
        for folder in [tokens.folder, jobsFolder, adaptersFolder] { try DurableFile.createFolder(folder) }
        try self.certificates.save(certificates)
        try authority.save(to: folder)
        // Last: with this file the folder counts as complete.
        let settings = AdminSettings(consortium: consortium, adminName: adminName, coordinatorURL: coordinatorURL)
        try DurableFile.write(CanonicalJSON.encodePretty(settings) + Data("\n".utf8), to: settingsFile)
        return Initialization(
            grant: CoordinatorGrant(certificates: certificates, roster: signed), authority: authority.certificate,
            roster: roster)
    }
}

extension Date {
    /// Signed documents carry whole seconds.
    var wholeSeconds: Date { Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down)) }
}
