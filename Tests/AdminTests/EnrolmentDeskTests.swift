import Admin
import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@Suite("Letting clinics in")
struct EnrolmentDeskTests {
    @Test("a request made with a token joins, and its certificates fit the clinic's keys")
    func requestJoins() async throws {
        let fixture = try await AdminFixture()
        let keys = PeerKeys()
        let token = try fixture.token("lakeside")
        let request = try EnrolmentRequest(token: token, keys: keys, at: fixture.date)
        let desk = EnrolmentDesk(home: fixture.home)
        let review = try await desk.review([request], at: fixture.date)
        let candidate = try #require(review.candidates.first)
        #expect(candidate.name == "Clinic lakeside")
        #expect(candidate.fingerprint == ContentHash(of: keys.signing.publicKey.bytes))
        #expect(!candidate.isRepeated && !candidate.replacesMember)
        let admission = try await desk.admit(review.candidates, at: fixture.date)
        #expect(admission.version == 2)
        let grant = try #require(admission.grants[token.id])
        let credentials = try await grant.credentials(
            keys: keys, role: .clinic(ClinicID("lakeside")), authority: fixture.made.authority, at: fixture.date)
        let roster = try await fixture.home.roster(at: fixture.date).roster
        #expect(roster.authorizes(credentials.tlsCertificate.identity))
    }

    @Test("a request with keys that the coordinator put in is never accepted")
    func swappedRequest() async throws {
        let fixture = try await AdminFixture()
        let token = try fixture.token("lakeside")
        let honest = try EnrolmentRequest(token: token, keys: PeerKeys(), at: fixture.date)
        // The coordinator knows the token's id and clinic, but not its secret.
        let guess = try EnrolmentToken(
            text: "consilium1.lakeside.\(token.id).\(Data(repeating: 7, count: 32).base64URL)")
        let forged = try EnrolmentRequest(token: guess, keys: PeerKeys(), at: fixture.date)
        // It may also mix parts of what it has seen.
        let mixed = try CanonicalJSON.decode(
            EnrolmentRequest.self,
            from: CanonicalJSON.encode(
                Parts(
                    content: forged.content, tokenSignature: honest.tokenSignature, keySignature: forged.keySignature)))
        let review = try await EnrolmentDesk(home: fixture.home).review([forged, mixed], at: fixture.date)
        #expect(review.candidates.isEmpty)
        #expect(review.refused.map(\.reason) == [IdentityError(.badProof, ""), IdentityError(.badProof, "")])
    }

    private struct Parts: Encodable {
        var content: Data
        var tokenSignature: Data
        var keySignature: Data
    }

    @Test("a token that was made elsewhere is unknown here, whatever the coordinator says")
    func foreignToken() async throws {
        let fixture = try await AdminFixture()
        let token = try EnrolmentToken(clinic: ClinicID("lakeside"))
        let request = try EnrolmentRequest(token: token, keys: PeerKeys(), at: fixture.date)
        let review = try await EnrolmentDesk(home: fixture.home).review([request], at: fixture.date)
        #expect(review.refused.map(\.reason) == [IdentityError(.unknownToken, "")])
    }

    @Test("an expired token is refused")
    func expiredToken() async throws {
        let fixture = try await AdminFixture()
        let request = try EnrolmentRequest(
            token: fixture.token("lakeside", validFor: 60), keys: PeerKeys(), at: fixture.date)
        let review = try await EnrolmentDesk(home: fixture.home).review(
            [request], at: fixture.date.addingTimeInterval(61))
        #expect(review.refused.map(\.reason) == [IdentityError(.expiredToken, "")])
    }

    @Test("the same request again gets the same answer, and the roster stays as it is")
    func repeatedRequest() async throws {
        let fixture = try await AdminFixture()
        let requests = try await fixture.enrol(["lakeside"])
        let before = try Data(contentsOf: fixture.home.rosterFile)
        let desk = EnrolmentDesk(home: fixture.home)
        // Also after the token has run out: only the answer was lost.
        let later = fixture.date.addingTimeInterval(7200)
        let review = try await desk.review(requests, at: later)
        #expect(review.candidates.map(\.isRepeated) == [true])
        let admission = try await desk.admit(review.candidates, at: later)
        #expect(admission.version == 2)
        #expect(admission.grants.count == 1)
        #expect(try Data(contentsOf: fixture.home.rosterFile) == before)
    }

    @Test("a token can't be used a second time with other keys")
    func usedToken() async throws {
        let fixture = try await AdminFixture()
        let token = try fixture.token("lakeside")
        let desk = EnrolmentDesk(home: fixture.home)
        let first = try EnrolmentRequest(token: token, keys: PeerKeys(), at: fixture.date)
        _ = try await desk.admit(desk.review([first], at: fixture.date).candidates, at: fixture.date)
        let second = try EnrolmentRequest(token: token, keys: PeerKeys(), at: fixture.date)
        let review = try await desk.review([second], at: fixture.date)
        #expect(review.candidates.isEmpty)
        #expect(review.refused.map(\.reason) == [IdentityError(.usedToken, "")])
    }

    @Test("a clinic that names another clinic's signing key is refused")
    func borrowedKey() async throws {
        let fixture = try await AdminFixture()
        let keys = PeerKeys()
        let desk = EnrolmentDesk(home: fixture.home)
        let first = try EnrolmentRequest(token: fixture.token("lakeside"), keys: keys, at: fixture.date)
        _ = try await desk.admit(desk.review([first], at: fixture.date).candidates, at: fixture.date)
        let second = try EnrolmentRequest(token: fixture.token("hillside"), keys: keys, at: fixture.date)
        let review = try await desk.review([second], at: fixture.date)
        #expect(review.refused.map(\.reason) == [IdentityError(.keyMismatch, "")])
    }

    @Test("a clinic may enroll again with a new token; its old certificates are worth nothing then")
    func replacement() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["lakeside"])
        let old = try #require(try await fixture.home.roster(at: fixture.date).roster.members.first)
        let request = try EnrolmentRequest(token: fixture.token("lakeside"), keys: PeerKeys(), at: fixture.date)
        let desk = EnrolmentDesk(home: fixture.home)
        let review = try await desk.review([request], at: fixture.date)
        #expect(review.candidates.map(\.replacesMember) == [true])
        let admission = try await desk.admit(review.candidates, at: fixture.date)
        #expect(admission.members.count == 1)
        #expect(admission.members.first?.tlsFingerprint != old.tlsFingerprint)
    }

    @Test("a revoked clinic is off the next roster, and its old request does not bring it back")
    func revocation() async throws {
        let fixture = try await AdminFixture()
        let requests = try await fixture.enrol(["hillside", "lakeside"])
        let desk = EnrolmentDesk(home: fixture.home)
        let admission = try await desk.revoke(ClinicID("lakeside"), at: fixture.date)
        #expect(admission.version == 3)
        #expect(admission.members.map(\.clinic.text) == ["hillside"])
        let review = try await desk.review(requests, at: fixture.date)
        #expect(review.candidates.map(\.clinic.text) == ["hillside"])
        #expect(review.refused.map(\.reason) == [IdentityError(.usedToken, "")])
    }

    @Test("revoking a clinic that is not there is an error that lists those that are")
    func unknownRevocation() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["hillside"])
        let error = await #expect(throws: AdminError.self) {
            _ = try await EnrolmentDesk(home: fixture.home).revoke(ClinicID("lakeside"), at: fixture.date)
        }
        #expect(error?.code == .clinicUnknown)
        #expect(error?.message.contains("hillside") == true)
    }

    @Test(
        "a token id with a path in it is no token",
        arguments: ["../../admin", "0123456789abcde/", "", "0123456789ABCDEG"])
    func hostileTokenID(_ id: String) async throws {
        let fixture = try await AdminFixture()
        #expect(try fixture.home.tokens.token(id: id) == nil)
    }
}
