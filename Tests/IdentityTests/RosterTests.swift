import ConsiliumCore
import ConsiliumTesting
import Foundation
import Identity
import Testing

@Suite("Roster")
struct RosterTests {
    let date = Date(timeIntervalSince1970: 1_800_000_000)

    private func roster(_ consortium: ThrowawayConsortium) async throws -> Roster {
        try await consortium.roster.verify(
            kind: .roster, authority: consortium.authority.certificate, at: date, requiredRole: \.isAdmin)
    }

    @Test("every certificate in the roster is authorized, in both purposes")
    func members() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 3, at: date)
        let roster = try await roster(consortium)
        for peer in consortium.clinics + [consortium.coordinator, consortium.admin] {
            #expect(roster.authorizes(peer.tlsCertificate.identity))
            #expect(roster.authorizes(peer.signingCertificate.identity))
        }
        let first = try ClinicID("clinic-1")
        #expect(roster.member(first)?.signingKey == consortium.clinics[0].keys.signing.publicKey)
    }

    @Test("a new certificate in a listed clinic's name is not authorized")
    func byFingerprint() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1, at: date)
        let roster = try await roster(consortium)
        for role in [
            consortium.clinics[0].role, .coordinator, .admin("test"), .admin("other"),
            .clinic(try ClinicID("stranger")),
        ] {
            let grant = try consortium.authority.grant(PeerKeys(), role: role, at: date)
            #expect(!roster.authorizes(grant.tlsCertificate.identity))
            #expect(throws: IdentityError(.notInRoster, "")) { try roster.require(grant.signingCertificate.identity) }
        }
    }

    @Test("a clinic that a later roster leaves out is revoked")
    func revocation() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 2, at: date)
        let roster = try await roster(consortium)
        let next = try roster.replacing(members: roster.members.filter { $0.clinic.text != "clinic-1" }, at: date)
        #expect(next.version == 2)
        #expect(!next.authorizes(consortium.clinics[0].tlsCertificate.identity))
        #expect(next.authorizes(consortium.clinics[1].tlsCertificate.identity))
    }

    @Test("a roster with a double entry, without an admin or with version 0 is refused, also when it is decoded")
    func malformed() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 2, at: date)
        let roster = try await roster(consortium)
        let malformed = IdentityError(.malformedRoster, "")
        #expect(throws: malformed) { try roster.replacing(members: roster.members + [roster.members[0]], at: date) }
        var twin = roster.members[0]
        twin.clinic = try ClinicID("twin")
        #expect(throws: malformed) { try roster.replacing(members: roster.members + [twin], at: date) }
        #expect(throws: malformed) {
            try Roster(
                consortium: "x", version: 1, issuedAt: date, members: roster.members, coordinator: roster.coordinator,
                admins: [])
        }
        #expect(throws: malformed) {
            try Roster(
                consortium: "x", version: 1, issuedAt: date, members: [], coordinator: roster.admins[0],
                admins: roster.admins)
        }
        let text = String(decoding: try CanonicalJSON.encode(roster), as: UTF8.self)
        let zero = text.replacingOccurrences(of: "\"version\":1", with: "\"version\":0")
        #expect(throws: malformed) { try CanonicalJSON.decode(Roster.self, from: Data(zero.utf8)) }
        #expect(try CanonicalJSON.decode(Roster.self, from: Data(text.utf8)) == roster)
    }

    @Test("certificates of two different parties don't make one member")
    func mixedCertificates() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 2, at: date)
        #expect(throws: IdentityError(.malformedRoster, "")) {
            try Roster.Member(
                name: "x", tlsCertificate: consortium.clinics[0].tlsCertificate,
                signingCertificate: consortium.clinics[1].signingCertificate)
        }
        #expect(throws: IdentityError(.malformedRoster, "")) {
            try Roster.Official(
                tlsCertificate: consortium.clinics[0].tlsCertificate,
                signingCertificate: consortium.clinics[0].signingCertificate)
        }
    }
}
