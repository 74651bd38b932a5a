import ConsiliumCore
import ConsiliumTesting
import Foundation
import Identity
import Testing

private struct Plan: Codable, Sendable, Equatable {
    var rounds: Int
    var title: String
}

@Suite("Signed documents")
struct SignedDocumentTests {
    let date = Date(timeIntervalSince1970: 1_800_000_000)

    @Test("what an admin signed comes back, with who signed it, also through a file")
    func roundTrip() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1, at: date)
        let plan = Plan(rounds: 3, title: "Thorax/CT")
        let signed = try consortium.admin.sign(plan, kind: .job)
        let file = consortium.folder.path("job.json")
        try signed.write(to: file)
        let read = try SignedDocument<Plan>(file: file)
        #expect(read == signed)
        let verified = try await read.verified(
            kind: .job, authority: consortium.authority.certificate, at: date, requiredRole: \.isAdmin)
        #expect(verified.payload == plan)
        #expect(verified.signer == consortium.admin.signingCertificate.identity)
        #expect(verified.payloadHash == ContentHash(of: try CanonicalJSON.encode(plan)))
        #expect(
            try await read.verify(
                kind: .job, authority: consortium.authority.certificate, at: date, requiredRole: \.isAdmin)
                == plan)
    }

    @Test("altered bytes, another kind, a wrong role, a late date and a false authority are each refused by name")
    func refusals() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1, at: date)
        let plan = Plan(rounds: 3, title: "Thorax")
        let signed = try consortium.admin.sign(plan, kind: .job)
        let impostor = try await ThrowawayConsortium(clinics: 1, at: date)
        let forgedByClinic = try consortium.clinics[0].sign(plan, kind: .job)
        let forgedElsewhere = try impostor.admin.sign(plan, kind: .job)
        let authority = consortium.authority.certificate
        let cases: [(SignedDocument<Plan>, DocumentKind, Date, IdentityError.Code)] = [
            (
                try tampered(signed, "payload", CanonicalJSON.encode(Plan(rounds: 9, title: "Thorax"))), .job, date,
                .badSignature
            ),
            (try tampered(signed, "signature", Data(count: 64)), .job, date, .badSignature),
            (try tampered(signed, "signature", Data()), .job, date, .badSignature),
            (signed, .consent, date, .wrongKind),
            (try relabelled(signed, as: "consent"), .consent, date, .badSignature),
            (forgedByClinic, .job, date, .wrongRole),
            (forgedElsewhere, .job, date, .untrustedCertificate),
            (signed, .job, date.addingTimeInterval(900 * 86_400), .expiredCertificate),
            (signed, .job, date.addingTimeInterval(-86_400), .expiredCertificate),
        ]
        for (document, kind, when, code) in cases {
            await #expect(throws: IdentityError(code, "")) {
                try await document.verify(kind: kind, authority: authority, at: when, requiredRole: \.isAdmin)
            }
        }
    }

    @Test("a signature under someone else's certificate is refused")
    func exchangedCertificate() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1, at: date)
        let signed = try consortium.clinics[0].sign(Plan(rounds: 1, title: ""), kind: .job)
        let document = try edited(signed) { $0["signer"] = consortium.admin.signingCertificate.pem }
        await #expect(throws: IdentityError(.badSignature, "")) {
            try await document.verify(
                kind: .job, authority: consortium.authority.certificate, at: date, requiredRole: \.isAdmin)
        }
        let withTLS = try edited(signed) { $0["signer"] = consortium.admin.tlsCertificate.pem }
        await #expect(throws: IdentityError(.wrongRole, "")) {
            try await withTLS.verify(
                kind: .job, authority: consortium.authority.certificate, at: date, requiredRole: \.isAdmin)
        }
    }

    @Test("signing with a certificate of another key is refused")
    func keyMismatch() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1, at: date)
        #expect(throws: IdentityError(.keyMismatch, "")) {
            try SignedDocument(
                signing: Plan(rounds: 1, title: ""), kind: .job, key: SigningKey(),
                certificate: consortium.admin.signingCertificate)
        }
    }

    @Test("rightly signed content of another form is named as such")
    func otherContent() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1, at: date)
        let text = try CanonicalJSON.encode(consortium.admin.sign(["a": 1], kind: .job))
        let document = try CanonicalJSON.decode(SignedDocument<Plan>.self, from: text)
        await #expect(throws: IdentityError(.malformedDocument, "")) {
            try await document.verify(
                kind: .job, authority: consortium.authority.certificate, at: date, requiredRole: \.isAdmin)
        }
    }

    private func edited<Payload>(_ document: SignedDocument<Payload>, _ change: (inout [String: String]) -> Void) throws
        -> SignedDocument<Payload>
    {
        var fields = try CanonicalJSON.decode([String: String].self, from: CanonicalJSON.encode(document))
        change(&fields)
        return try CanonicalJSON.decode(SignedDocument<Payload>.self, from: CanonicalJSON.encode(fields))
    }

    private func tampered(_ document: SignedDocument<Plan>, _ field: String, _ value: Data) throws -> SignedDocument<
        Plan
    > {
        try edited(document) { $0[field] = value.base64EncodedString() }
    }

    private func relabelled(_ document: SignedDocument<Plan>, as kind: String) throws -> SignedDocument<Plan> {
        try edited(document) { $0["kind"] = kind }
    }
}
