import ConsiliumCore
import ConsiliumTesting
import Foundation
import Identity
import Testing

@Suite("Certificates")
struct CertificateTests {
    let date = Date(timeIntervalSince1970: 1_800_000_000)

    private func day(_ count: Double) -> Date { date.addingTimeInterval(count * 86_400) }

    @Test("an issued certificate names its role, purpose, key and fingerprint")
    func identity() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1, at: date)
        let clinic = consortium.clinics[0]
        let tls = try PeerIdentity(derCertificate: clinic.tlsCertificate.der)
        #expect(tls.role == .clinic(try ClinicID("clinic-1")))
        #expect(tls.purpose == .tls)
        #expect(tls.signingKey == nil)
        #expect(tls.fingerprint == ContentHash(of: Data(clinic.tlsCertificate.der)))
        let signing = try PeerIdentity(derCertificate: clinic.signingCertificate.der)
        #expect(signing.purpose == .signing)
        #expect(signing.signingKey == clinic.keys.signing.publicKey)
        #expect(try await consortium.authority.certificate.verify(clinic.tlsCertificate, at: date) == tls)
    }

    @Test("another authority with the same name is not believed")
    func sameSubject() async throws {
        let real = try CertificateAuthority(consortium: "Radiology", at: date)
        let impostor = try CertificateAuthority(consortium: "Radiology", at: date)
        let forged = try impostor.grant(PeerKeys(), role: .coordinator, at: date)
        for certificate in [forged.tlsCertificate, forged.signingCertificate] {
            await #expect(throws: IdentityError(.untrustedCertificate, "")) {
                try await real.certificate.verify(certificate, at: date)
            }
        }
    }

    @Test("a certificate counts from its first to its last day")
    func lifetime() async throws {
        let authority = try CertificateAuthority(consortium: "Radiology", at: date)
        let grant = try authority.grant(PeerKeys(), role: .coordinator, at: date, days: 10)
        for good in [date.addingTimeInterval(-299), date, day(9.99)] {
            try await authority.certificate.verify(grant.tlsCertificate, at: good)
        }
        for bad in [date.addingTimeInterval(-301), day(10.01), day(4_000)] {
            await #expect(throws: IdentityError(.expiredCertificate, "")) {
                try await authority.certificate.verify(grant.tlsCertificate, at: bad)
            }
        }
    }

    @Test("no certificate outlives its authority")
    func capped() throws {
        let authority = try CertificateAuthority(consortium: "Radiology", at: date)
        let late = try authority.grant(PeerKeys(), role: .coordinator, at: day(3_600), days: 9_999)
        #expect(late.tlsCertificate.identity.notValidAfter == authority.certificate.notValidAfter)
        #expect(authority.certificate.notValidAfter == day(3_653))
    }

    @Test("a peer's certificate can't issue others, and the authority's is no peer's")
    func notInterchangeable() throws {
        let authority = try CertificateAuthority(consortium: "Radiology", at: date)
        let peer = try authority.grant(PeerKeys(), role: .coordinator, at: date).tlsCertificate
        #expect(throws: IdentityError(.malformedCertificate, "")) { try AuthorityCertificate(der: peer.der) }
        #expect(throws: IdentityError(.malformedCertificate, "")) {
            try PeerCertificate(der: authority.certificate.der)
        }
    }

    @Test("an admin's name that would read as another role is refused", arguments: ["", "a:b", "Anna", "x y"])
    func injectedRole(name: String) throws {
        let authority = try CertificateAuthority(consortium: "Radiology", at: date)
        #expect(throws: IdentityError(.malformedRole, "")) {
            try authority.issueSigning(SigningKey().publicKey, role: .admin(name), at: date)
        }
    }

    @Test(
        "a host name or address that is none is refused", arguments: [["a b"], ["*."], ["host..org"], [""], ["host/x"]])
    func hostNames(names: [String]) throws {
        let authority = try CertificateAuthority(consortium: "Radiology", at: date)
        let request = try TLSKey().certificateRequest()
        #expect(throws: IdentityError(.malformedName, "")) {
            try authority.issueTLS(request, role: .coordinator, dnsNames: names, at: date)
        }
        #expect(throws: IdentityError(.malformedName, "")) {
            try authority.issueTLS(request, role: .coordinator, ipAddresses: names, at: date)
        }
    }

    @Test("an authority is saved with a private key file, loads again and is never overwritten")
    func saved() throws {
        let folder = try TemporaryFolder()
        let authority = try CertificateAuthority(consortium: "Radiology", at: date)
        try authority.save(to: folder.path("ca"))
        #expect(try permissions(folder.path("ca/ca-key.pem")) == 0o600)
        let loaded = try CertificateAuthority(folder: folder.path("ca"))
        #expect(loaded.certificate == authority.certificate)
        #expect(throws: IdentityError(.alreadyExists, "")) { try authority.save(to: folder.path("ca")) }
        try authority.save(to: folder.path("other"))
        let another = try CertificateAuthority(consortium: "Radiology", at: date)
        try DurableFile.write(Data(another.certificate.pem.utf8), to: folder.path("other/ca.pem"))
        #expect(throws: IdentityError(.keyMismatch, "")) { try CertificateAuthority(folder: folder.path("other")) }
    }

    @Test("a request that is altered, or for another kind of key, is refused")
    func requests() throws {
        let der = try TLSKey().certificateRequest().der
        var altered = der
        altered[altered.count - 5] ^= 1
        #expect(throws: IdentityError.self) { try CertificateRequest(der: altered) }
        #expect(throws: IdentityError(.malformedRequest, "")) { try CertificateRequest(der: Array(der.dropLast())) }
        #expect(throws: IdentityError(.malformedRequest, "")) { try CertificateRequest(der: []) }
    }

    @Test("a fingerprint for people is sixteen groups of four and reads back")
    func grouped() throws {
        let hash = ContentHash(of: Data("consilium".utf8))
        let groups = hash.grouped.split(separator: " ")
        #expect(groups.count == 16)
        #expect(groups.allSatisfy { $0.count == 4 })
        #expect(try ContentHash(grouped: hash.grouped.uppercased()) == hash)
    }

    private func permissions(_ url: URL) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int
    }
}
