import ConsiliumCore
import ConsiliumTesting
import Foundation
import Identity
import Testing

@Suite("Enrolment")
struct EnrolmentTests {
    let date = Date(timeIntervalSince1970: 1_800_000_000)
    let tomorrow = Date(timeIntervalSince1970: 1_800_086_400)

    @Test("a clinic's clock may be five minutes behind; one that is further off, or ahead by years, is told so")
    func clockSkew() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 0, at: date)
        let role = PeerRole.clinic(try ClinicID("lakeside"))
        let keys = PeerKeys()
        let grant = try consortium.authority.grant(keys, role: role, at: date)
        func install(_ skew: TimeInterval) async throws {
            _ = try await grant.credentials(
                keys: keys, role: role, authority: consortium.authority.certificate, at: date.addingTimeInterval(skew))
        }
        for skew in [-299.0, 0, 86_400] { try await install(skew) }
        for (skew, words) in [(-302.0, "Check this machine's clock"), (3 * 365 * 86_400, "ended on")] {
            let error = await #expect(throws: IdentityError(.expiredCertificate, "")) { try await install(skew) }
            #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        }
        // A token's end is the coordinator's and the admin's clock to tell, whatever the clinic wrote into its request.
        let token = try EnrolmentToken(clinic: ClinicID("lakeside"))
        let record = token.record(issued: date, expires: tomorrow)
        let early = try EnrolmentRequest(token: token, keys: keys, at: date.addingTimeInterval(-1e6))
        #expect(throws: IdentityError(.expiredToken, "")) {
            try early.verify(against: record, used: false, at: tomorrow.addingTimeInterval(1))
        }
    }

    @Test("a clinic with a token gets certificates for its own keys and installs them")
    func complete() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 0, at: date)
        let clinic = try ClinicID("lakeside")
        let token = try EnrolmentToken(clinic: clinic)
        let record = try consortium.admin.sign(token.record(issued: date, expires: tomorrow), kind: .enrolment)

        // At the clinic, with nothing but the token's text and ca.pem.
        let files = KeyFiles(folder: consortium.folder.path("lakeside"))
        let request = try EnrolmentRequest(
            token: EnrolmentToken(text: " \(token.text)\n"), keys: files.createKeys(), at: date)
        let onTheWire = try CanonicalJSON.encode(request)

        // At the coordinator, then at the admin.
        let received = try CanonicalJSON.decode(EnrolmentRequest.self, from: onTheWire)
        #expect(try received.claimedTokenID() == token.id)
        let trusted = try await record.verify(
            kind: .enrolment, authority: consortium.authority.certificate, at: date, requiredRole: \.isAdmin)
        let content = try received.verify(against: trusted, used: false, at: date)
        let grant = try consortium.authority.grant(content, at: date)

        let credentials = try await files.install(
            CanonicalJSON.decode(EnrolmentGrant.self, from: CanonicalJSON.encode(grant)), role: .clinic(clinic),
            authority: consortium.authority.certificate, at: date)
        #expect(credentials.role == .clinic(clinic))
        #expect(try files.loadCredentials().tlsCertificate == grant.tlsCertificate)
        #expect(received.contentHash == request.contentHash)
    }

    @Test("each reason for refusing a request has a code of its own")
    func refusals() throws {
        let token = try EnrolmentToken(clinic: ClinicID("lakeside"))
        let keys = PeerKeys()
        let request = try EnrolmentRequest(token: token, keys: keys, at: date)
        let record = token.record(issued: date, expires: tomorrow)
        let stranger = try EnrolmentToken(clinic: ClinicID("lakeside"))
        // The admin registered the token for another clinic than the text says.
        let renamed = try EnrolmentToken(text: token.text.replacingOccurrences(of: "lakeside", with: "hillside"))
        // The coordinator knows id, clinic and public key, but has to invent the seed.
        let invented = try EnrolmentToken(
            text: ["consilium1", "lakeside", token.id, Data(repeating: 7, count: 32).base64URL].joined(separator: "."))

        try expect(.unknownToken) { try request.verify(against: nil, used: false, at: date) }
        try expect(.unknownToken) {
            try request.verify(against: stranger.record(issued: date, expires: tomorrow), used: false, at: date)
        }
        try expect(.expiredToken) {
            try request.verify(against: record, used: false, at: tomorrow.addingTimeInterval(1))
        }
        try expect(.usedToken) { try request.verify(against: record, used: true, at: date) }
        try expect(.wrongClinic) {
            try EnrolmentRequest(token: renamed, keys: keys, at: date).verify(against: record, used: false, at: date)
        }
        try expect(.badProof) {
            try EnrolmentRequest(token: invented, keys: keys, at: date).verify(against: record, used: false, at: date)
        }
        _ = try request.verify(against: record, used: false, at: tomorrow)
    }

    @Test("a request whose keys were exchanged on the way is refused")
    func exchangedKeys() throws {
        let token = try EnrolmentToken(clinic: ClinicID("lakeside"))
        let record = token.record(issued: date, expires: tomorrow)
        let request = try EnrolmentRequest(token: token, keys: PeerKeys(), at: date)
        let attacker = try EnrolmentRequest(
            token: EnrolmentToken(clinic: ClinicID("lakeside")), keys: PeerKeys(), at: date)
        var fields = try CanonicalJSON.decode([String: String].self, from: CanonicalJSON.encode(request))
        let others = try CanonicalJSON.decode([String: String].self, from: CanonicalJSON.encode(attacker))
        func sent() throws -> EnrolmentRequest {
            try CanonicalJSON.decode(EnrolmentRequest.self, from: CanonicalJSON.encode(fields))
        }
        fields["keySignature"] = others["keySignature"]
        try expect(.badProof) { try sent().verify(against: record, used: false, at: date) }
        let content = try #require(Data(base64Encoded: others["content"] ?? ""))
        let text = String(decoding: content, as: UTF8.self).replacingOccurrences(
            of: try attacker.claimedTokenID(), with: token.id)
        fields["content"] = Data(text.utf8).base64EncodedString()
        try expect(.badProof) { try sent().verify(against: record, used: false, at: date) }
        fields["content"] = Data("{}".utf8).base64EncodedString()
        try expect(.malformedRequest) { try sent().verify(against: record, used: false, at: date) }
    }

    @Test("a token record that the coordinator made itself is refused")
    func forgedRecord() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 0, at: date)
        let own = try EnrolmentToken(clinic: ClinicID("sybil"))
        let record = try consortium.coordinator.sign(own.record(issued: date, expires: tomorrow), kind: .enrolment)
        await #expect(throws: IdentityError(.wrongRole, "")) {
            try await record.verify(
                kind: .enrolment, authority: consortium.authority.certificate, at: date, requiredRole: \.isAdmin)
        }
    }

    @Test(
        "a token text that is not complete is refused",
        arguments: [
            "", "consilium1", "consilium1.lakeside.0123456789abcdef", "consilium1.lakeside.0123456789abcdef.AAAA",
            "consilium2.lakeside.0123456789abcdef." + String(repeating: "A", count: 43),
            "consilium1.Lakeside.0123456789abcdef." + String(repeating: "A", count: 43),
            "consilium1.lakeside.0123456789abcdeg." + String(repeating: "A", count: 43),
            "consilium1.lakeside.0123456789abcdef." + String(repeating: "A", count: 43) + ".x",
        ])
    func malformedToken(text: String) {
        #expect(throws: IdentityError(.malformedToken, "")) { try EnrolmentToken(text: text) }
    }

    @Test("a token reads back, its record holds no secret, and no token is made without randomness")
    func tokens() throws {
        let token = try EnrolmentToken(clinic: ClinicID("lakeside"), random: SeededRandom(seed: 3))
        let secret = try #require(token.text.split(separator: ".").last.map(String.init))
        let record = try CanonicalJSON.encode(token.record(issued: date, expires: tomorrow))
        let seed = try #require(Data(base64URL: secret))
        #expect(!String(decoding: record, as: UTF8.self).contains(seed.base64EncodedString()))
        #expect(
            try EnrolmentToken(text: token.text).record(issued: date, expires: tomorrow)
                == token.record(issued: date, expires: tomorrow))
        #expect(throws: CoreError(.randomnessUnavailable, "")) {
            try EnrolmentToken(clinic: ClinicID("lakeside"), random: FailingRandom(afterBytes: 39))
        }
    }

    private func expect(_ code: IdentityError.Code, _ body: () throws -> some Any) throws {
        #expect(throws: IdentityError(code, "")) { _ = try body() }
    }
}
