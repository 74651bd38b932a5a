internal import ConsiliumCore
internal import Crypto
public import Foundation
internal import SwiftASN1
internal import X509

/// The consortium's certificate authority: a P-256 key that stays with the admin and never meets the coordinator.
///
/// It issues leaf certificates only (path length 0). There is no revocation list: who may take part is what the signed
/// ``Roster`` says, by fingerprint.
public struct CertificateAuthority: Sendable {
    public let certificate: AuthorityCertificate
    private let key: P256.Signing.PrivateKey

    static let certificateName = "ca.pem"
    static let keyName = "ca-key.pem"
    /// Certificates begin a little in the past, so that a clinic whose clock is behind can use its certificate at once.
    static let clockTolerance: TimeInterval = 300

    /// A new authority, valid for ten years from `date`.
    ///
    /// - Parameter consortium: the name that people see in the certificate, 1 to 64 characters without control
    ///   characters.
    public init(consortium: String, at date: Date) throws {
        guard (1...64).contains(consortium.utf8.count),
            consortium.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 })
        else {
            throw IdentityError(.malformedName, "A consortium's name has 1 to 64 bytes and no control characters.")
        }
        key = P256.Signing.PrivateKey()
        do {
            let name = try DistinguishedName {
                OrganizationName("Consilium")
                CommonName(consortium)
            }
            let publicKey = Certificate.PublicKey(key.publicKey)
            let certificate = try Certificate(
                version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: publicKey,
                notValidBefore: date.addingTimeInterval(-Self.clockTolerance),
                notValidAfter: Self.date(days: 3653, after: date), issuer: name, subject: name,
                extensions: Certificate.Extensions {
                    Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                    Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                    SubjectKeyIdentifier(hash: publicKey)
                },
                issuerPrivateKey: Certificate.PrivateKey(key))
            self.certificate = try AuthorityCertificate(der: CertificateCoding.der(certificate))
        } catch let error as IdentityError {
            throw error
        } catch {
            throw IdentityError(.encodingFailed, "The authority's certificate can't be made.", cause: error)
        }
    }

    /// Reads `ca.pem` and `ca-key.pem`.
    ///
    /// - Throws: ``IdentityError`` `.exposedKeyFile` if others may read the key, `.keyMismatch` if the two don't belong
    ///   together.
    public init(folder: URL) throws {
        certificate = try AuthorityCertificate(file: folder.appendingPathComponent(Self.certificateName))
        key = try KeyFile.readTLS(folder.appendingPathComponent(Self.keyName))
        guard certificate.certificate.publicKey == Certificate.PublicKey(key.publicKey) else {
            throw IdentityError(
                .keyMismatch,
                "ca.pem and ca-key.pem in \(folder.path) don't belong together. Restore both from one backup.")
        }
    }

    /// Writes `ca-key.pem` (0600), then `ca.pem` (0644).
    /// - Throws: ``IdentityError`` `.alreadyExists` rather than replace an authority.
    public func save(to folder: URL) throws {
        try DurableFile.createFolder(folder)
        let keyFile = folder.appendingPathComponent(Self.keyName)
        let certificateFile = folder.appendingPathComponent(Self.certificateName)
        for file in [keyFile, certificateFile] where FileManager.default.fileExists(atPath: file.path) {
            throw IdentityError(
                .alreadyExists, "\(file.path) exists. Nothing was changed; choose another folder for a new consortium.")
        }
        try DurableFile.write(Data((key.pemRepresentation + "\n").utf8), to: keyFile)
        try DurableFile.write(Data(certificate.pem.utf8), to: certificateFile, permissions: 0o644)
    }

    /// A TLS certificate for the key of `request`: `serverAuth` for the coordinator, `clientAuth` for everybody else.
    ///
    /// - Parameters:
    ///   - dnsNames: names under which the coordinator is dialled.
    ///   - ipAddresses: the same, as IPv4 or IPv6 text.
    ///   - days: how long it is valid; never longer than the authority itself.
    public func issueTLS(
        _ request: CertificateRequest, role: PeerRole, dnsNames: [String] = [], ipAddresses: [String] = [],
        at date: Date,
        days: Int = 730
    ) throws -> PeerCertificate {
        var names = try dnsNames.map { try GeneralName.dnsName(Self.checkedHostName($0)) }
        names += try ipAddresses.map {
            GeneralName.ipAddress(ASN1OctetString(contentBytes: try IPAddress.bytes($0)[...]))
        }
        return try issue(
            request.publicKey, role: role, names: names, usage: CertificateCoding.tlsUsage(of: role), at: date,
            days: days)
    }

    /// A certificate for signing documents, which no TLS library accepts for a connection.
    public func issueSigning(_ key: SigningPublicKey, role: PeerRole, at date: Date, days: Int = 730) throws
        -> PeerCertificate
    {
        try issue(
            Certificate.PublicKey(key.key()), role: role, names: [], usage: CertificateCoding.documentSigning, at: date,
            days: days)
    }

    /// Certificates for the same keys, role and host names as those of `grant`, with a later end. Needs nothing from their
    /// holder, because nothing about the holder changes.
    ///
    /// Those of `grant` may have expired: what counts is that this authority issued them.
    ///
    /// - Throws: ``IdentityError`` `.untrustedCertificate` for certificates of another authority; `.wrongRole` for two that
    ///   are not one party's.
    public func renew(_ grant: EnrolmentGrant, at date: Date, days: Int = 730) throws -> EnrolmentGrant {
        let (tls, signing) = (grant.tlsCertificate, grant.signingCertificate)
        for old in [tls, signing] { try certificate.requireIssued(old) }
        guard tls.role == signing.role, tls.identity.purpose == .tls, let key = signing.identity.signingKey else {
            throw IdentityError(
                .wrongRole, "A renewal needs the TLS and the signing certificate of one party. Let it enroll anew.")
        }
        let hosts = try? tls.certificate.extensions.subjectAlternativeNames
        let names = Array(hosts ?? SubjectAlternativeNames([])).filter {
            switch $0 {
            case .dnsName, .ipAddress: true
            default: false
            }
        }
        return EnrolmentGrant(
            tlsCertificate: try issue(
                tls.certificate.publicKey, role: tls.role, names: names,
                usage: CertificateCoding.tlsUsage(of: tls.role),
                at: date, days: days),
            signingCertificate: try issueSigning(key, role: tls.role, at: date, days: days), authority: certificate)
    }

    private func issue(
        _ publicKey: Certificate.PublicKey, role: PeerRole, names: [GeneralName], usage: ExtendedKeyUsage.Usage,
        at date: Date,
        days: Int
    ) throws -> PeerCertificate {
        // An admin's name is free text until it is read back.
        guard try PeerRole(urn: role.urn) == role, days > 0 else {
            throw IdentityError(.malformedRole, "A certificate needs a role that reads back and at least one day.")
        }
        let end = min(Self.date(days: days, after: date), certificate.notValidAfter)
        do {
            let issued = try Certificate(
                version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: publicKey,
                notValidBefore: date.addingTimeInterval(-Self.clockTolerance), notValidAfter: end,
                issuer: certificate.certificate.subject,
                subject: DistinguishedName {
                    OrganizationName("Consilium")
                    CommonName(role.description)
                },
                extensions: Certificate.Extensions {
                    Critical(BasicConstraints.notCertificateAuthority)
                    Critical(KeyUsage(digitalSignature: true))
                    try ExtendedKeyUsage([usage])
                    SubjectAlternativeNames([.uniformResourceIdentifier(role.urn)] + names)
                    SubjectKeyIdentifier(hash: publicKey)
                    AuthorityKeyIdentifier(
                        keyIdentifier: SubjectKeyIdentifier(hash: certificate.certificate.publicKey).keyIdentifier)
                },
                issuerPrivateKey: Certificate.PrivateKey(key))
            return try PeerCertificate(der: CertificateCoding.der(issued))
        } catch let error as IdentityError {
            throw error
        } catch {
            throw IdentityError(.encodingFailed, "The certificate for \(role) can't be made.", cause: error)
        }
    }

    private static func date(days: Int, after date: Date) -> Date {
        date.addingTimeInterval(Double(min(days, 36_525)) * 86_400)
    }

    private static func checkedHostName(_ name: String) throws -> String {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let fits = labels.allSatisfy { ClinicID.isName(String($0).lowercased(), length: 1...63) }
        guard fits, name.utf8.count <= 253 else {
            throw IdentityError(
                .malformedName,
                "A DNS name has labels of letters, digits and hyphens with dots between, such as host.example.org."
            )
        }
        return name
    }
}
