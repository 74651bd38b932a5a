import ConsiliumCore
import ConsiliumTesting
import Foundation
import Identity
import Testing

/// Whatever the bytes, an answer or an `IdentityError`: never a trap, never another error.
@Suite("Malformed certificates, keys and documents")
struct MalformedInputTests {
    @Test(
        "PEM text that is none is refused",
        arguments: [
            "", "\n", "-----BEGIN CERTIFICATE-----", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "hello", "\u{0}\u{0}",
            String(repeating: "A", count: 1 << 20),
        ])
    func notPEM(text: String) {
        #expect(throws: IdentityError(.malformedCertificate, "")) { try PeerCertificate(pem: text) }
        #expect(throws: IdentityError(.malformedCertificate, "")) { try AuthorityCertificate(pem: text) }
        #expect(throws: IdentityError(.malformedKey, "")) { try SigningKey(pem: text) }
        #expect(throws: IdentityError(.malformedKey, "")) { try TLSKey(pem: text) }
    }

    @Test("a certificate with a changed, missing or repeated piece is refused or read, and never believed")
    func mutatedCertificates() async throws {
        let date = Date(timeIntervalSince1970: 1_800_000_000)
        let authority = try CertificateAuthority(consortium: "Radiology", at: date)
        let der = try authority.grant(PeerKeys(), role: .coordinator, at: date).tlsCertificate.der
        var generator = ReproducibleGenerator(seed: 7)
        var refused = 0
        for _ in 0..<600 {
            let bytes = mutate(der, with: &generator)
            guard bytes != der else { continue }
            do {
                let certificate = try PeerCertificate(der: bytes)
                try await authority.certificate.verify(certificate, at: date)
                // A different encoding of the same signature is possible; a different content is not.
                #expect(certificate.role == .coordinator)
            } catch is IdentityError {
                refused += 1
            }
        }
        #expect(refused > 500)
    }

    @Test("mutated PEM text, keys and requests end in an answer or an IdentityError")
    func mutatedText() throws {
        let keys = PeerKeys()
        let request = try keys.tls.certificateRequest().der
        var generator = ReproducibleGenerator(seed: 11)
        for _ in 0..<200 {
            for pem in [keys.tls.pem, keys.signing.pem] {
                let text = String(decoding: mutate(Array(pem.utf8), with: &generator), as: UTF8.self)
                orIdentityError { _ = try SigningKey(pem: text) }
                orIdentityError { _ = try TLSKey(pem: text) }
                orIdentityError { _ = try PeerCertificate(pem: text) }
            }
            let bytes = mutate(request, with: &generator)
            orIdentityError { _ = try CertificateRequest(der: bytes) }
        }
    }

    @Test("a signed document whose JSON is damaged says so")
    func damagedDocument() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1)
        let data = try CanonicalJSON.encode(consortium.roster)
        #expect(throws: CoreError(.malformedJSON, "")) {
            try CanonicalJSON.decode(SignedDocument<Roster>.self, from: data.dropLast(20))
        }
        let text = String(decoding: data, as: UTF8.self).replacingOccurrences(of: "BEGIN CERT", with: "BEGIN CART")
        #expect(throws: IdentityError(.malformedCertificate, "")) {
            try CanonicalJSON.decode(SignedDocument<Roster>.self, from: Data(text.utf8))
        }
    }

    private func orIdentityError(_ body: () throws -> Void) {
        do { try body() } catch { #expect(error is IdentityError) }
    }

    private func mutate(_ bytes: [UInt8], with generator: inout ReproducibleGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) where !bytes.isEmpty {
            let index = Int.random(in: bytes.indices, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes[index] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &generator)
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(UInt8.random(in: .min ... .max, using: &generator), at: index)
            default: bytes.removeSubrange(index..<min(bytes.count, index + 40))
            }
        }
        return bytes
    }
}
