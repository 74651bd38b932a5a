import ConsiliumCore
import Crypto
import Foundation
import Identity
import SwiftASN1
import Testing
import X509

/// Certificates that our authority never issues but an attacker, or another tool with our authority's key, may make.
@Suite("Certificates that were made elsewhere")
struct ForgedCertificateTests {
    let date = Date(timeIntervalSince1970: 1_800_000_000)
    let authority = P256.Signing.PrivateKey()

    private func name(_ text: String) throws -> DistinguishedName { try DistinguishedName { CommonName(text) } }

    private func make(
        subject: String, key: P256.Signing.PrivateKey, issuer: String, issuerKey: P256.Signing.PrivateKey,
        isAuthority: Bool,
        uris: [String], usages: [ExtendedKeyUsage.Usage]
    ) throws -> [UInt8] {
        let certificate = try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: Certificate.PublicKey(key.publicKey),
            notValidBefore: date, notValidAfter: date.addingTimeInterval(86_400), issuer: name(issuer),
            subject: name(subject),
            extensions: Certificate.Extensions {
                Critical(
                    isAuthority
                        ? BasicConstraints.isCertificateAuthority(maxPathLength: 0)
                        : BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true, keyCertSign: isAuthority))
                if !usages.isEmpty { try ExtendedKeyUsage(usages) }
                if !uris.isEmpty { SubjectAlternativeNames(uris.map { .uniformResourceIdentifier($0) }) }
            },
            issuerPrivateKey: Certificate.PrivateKey(issuerKey))
        return try certificate.serializeAsPEM().derBytes
    }

    private func leaf(uris: [String], usages: [ExtendedKeyUsage.Usage]) throws -> [UInt8] {
        try make(
            subject: "leaf", key: P256.Signing.PrivateKey(), issuer: "CA", issuerKey: authority, isAuthority: false,
            uris: uris, usages: usages)
    }

    @Test(
        "exactly one role is needed",
        arguments: [
            [], ["https://example.org"], ["urn:consilium:coordinator", "urn:consilium:clinic:ab"],
            ["urn:consilium:clinic:ab", "urn:consilium:clinic:ab"], ["urn:consilium:root"],
        ])
    func roles(uris: [String]) throws {
        let der = try leaf(uris: uris, usages: [.clientAuth])
        #expect(throws: IdentityError(.malformedRole, "")) { try PeerIdentity(derCertificate: der) }
    }

    @Test("other URIs beside the one role do no harm")
    func otherURIs() throws {
        let der = try leaf(uris: ["https://example.org", "urn:consilium:clinic:ab"], usages: [.clientAuth])
        #expect(try PeerIdentity(derCertificate: der).role.urn == "urn:consilium:clinic:ab")
    }

    @Test(
        "a key usage that fits no purpose of the role is refused",
        arguments: [
            [], [.serverAuth], [.codeSigning], [.init(oid: [1, 3, 6, 1, 5, 5, 7, 3, 36])],
            [.init(oid: [1, 3, 6, 1, 5, 5, 7, 3, 36]), .clientAuth],
        ] as [[ExtendedKeyUsage.Usage]])
    func usages(usages: [ExtendedKeyUsage.Usage]) throws {
        let der = try leaf(uris: ["urn:consilium:clinic:ab"], usages: usages)
        #expect(throws: IdentityError(.malformedCertificate, "")) { try PeerIdentity(derCertificate: der) }
    }

    @Test("a clinic that issues a certificate with its own key is not believed")
    func issuedByPeer() async throws {
        let root = try AuthorityCertificate(
            der: make(
                subject: "CA", key: authority, issuer: "CA", issuerKey: authority, isAuthority: true, uris: [],
                usages: []))
        let clinic = P256.Signing.PrivateKey()
        for issuer in ["CA", "clinic"] {
            let forged = try PeerCertificate(
                der: make(
                    subject: "forged", key: P256.Signing.PrivateKey(), issuer: issuer, issuerKey: clinic,
                    isAuthority: false, uris: ["urn:consilium:coordinator"], usages: [.serverAuth]))
            await #expect(throws: IdentityError(.untrustedCertificate, "")) { try await root.verify(forged, at: date) }
        }
        let real = try PeerCertificate(der: leaf(uris: ["urn:consilium:clinic:ab"], usages: [.clientAuth]))
        try await root.verify(real, at: date)
    }

    @Test("a request for a key of another kind is refused, and one with an exchanged key has no proof")
    func requests() throws {
        let other = try CertificateSigningRequest(
            version: .v1, subject: name("x"), privateKey: Certificate.PrivateKey(P384.Signing.PrivateKey()),
            attributes: CertificateSigningRequest.Attributes())
        #expect(throws: IdentityError(.malformedRequest, "")) {
            try CertificateRequest(der: other.serializeAsPEM().derBytes)
        }
        let real = try CertificateSigningRequest(
            version: .v1, subject: name("x"), privateKey: Certificate.PrivateKey(P256.Signing.PrivateKey()),
            attributes: CertificateSigningRequest.Attributes())
        let exchanged = try CertificateSigningRequest(
            version: .v1, subject: name("x"), publicKey: Certificate.PublicKey(P256.Signing.PrivateKey().publicKey),
            attributes: CertificateSigningRequest.Attributes(), signatureAlgorithm: real.signatureAlgorithm,
            signature: real.signature)
        #expect(throws: IdentityError(.badProof, "")) {
            try CertificateRequest(der: exchanged.serializeAsPEM().derBytes)
        }
    }
}
