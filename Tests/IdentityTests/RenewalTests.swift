import ConsiliumCore
import ConsiliumTesting
import Foundation
import Identity
import Testing

@Suite("Renewed certificates")
struct RenewalTests {
    let date = Date(timeIntervalSince1970: 1_800_000_000)
    var later: Date { date.addingTimeInterval(700 * 86_400) }

    private func roster(_ consortium: ThrowawayConsortium) async throws -> Roster {
        try await consortium.roster.verify(
            kind: .roster, authority: consortium.authority.certificate, at: date, requiredRole: \.isAdmin)
    }

    private func grant(_ peer: PeerCredentials) -> EnrolmentGrant {
        EnrolmentGrant(
            tlsCertificate: peer.tlsCertificate, signingCertificate: peer.signingCertificate, authority: peer.authority)
    }

    @Test("a renewal keeps keys, role and host names and moves the end")
    func sameKeys() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1, at: date)
        for peer in [consortium.coordinator, consortium.clinics[0], consortium.admin] {
            let renewed = try consortium.authority.renew(grant(peer), at: later)
            let credentials = try await renewed.credentials(
                keys: peer.keys, role: peer.role, authority: consortium.authority.certificate, at: later)
            #expect(CertificateLife(credentials).daysLeft(at: later) == 730)
            #expect(CertificateLife(peer).daysLeft(at: later) == 30)
        }
        // Also after the old one has ended, and again from the renewed one.
        let once = try consortium.authority.renew(grant(consortium.coordinator), at: later)
        let twice = try consortium.authority.renew(once, at: later.addingTimeInterval(1000 * 86_400))
        let file = try consortium.folder.write("renewed.pem", twice.tlsCertificate.pem)
        let text = try shell("openssl x509 -noout -ext subjectAltName -in \(file.path)")
        for name in ["localhost", "127.0.0.1", "urn:consilium:coordinator"] { #expect(text.contains(name)) }
    }

    private func shell(_ command: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    @Test("certificates of another authority are not renewed, nor a mixture of two parties'")
    func foreign() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 2, at: date)
        let other = try await ThrowawayConsortium(clinics: 1, at: date)
        #expect(throws: IdentityError(.untrustedCertificate, "")) {
            try consortium.authority.renew(grant(other.clinics[0]), at: later)
        }
        let mixed = EnrolmentGrant(
            tlsCertificate: consortium.clinics[0].tlsCertificate,
            signingCertificate: consortium.clinics[1].signingCertificate, authority: consortium.authority.certificate)
        #expect(throws: IdentityError(.wrongRole, "")) { try consortium.authority.renew(mixed, at: later) }
    }

    @Test("the next roster lists the renewed certificates, the former connection, and what either has signed")
    func onRoster() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 2, at: date)
        let roster = try await roster(consortium)
        let everybody = consortium.clinics + [consortium.coordinator, consortium.admin]
        let grants = try everybody.map { try consortium.authority.renew(grant($0), at: later) }
        let next = try roster.renewing(grants, at: later)
        #expect(next.version == 2 && next.members.map(\.name) == roster.members.map(\.name))
        for (peer, renewed) in zip(everybody, grants) {
            for certificate in [
                peer.tlsCertificate, peer.signingCertificate, renewed.tlsCertificate, renewed.signingCertificate,
            ] {
                #expect(next.authorizes(certificate.identity), "\(peer.role)")
            }
            // Before the next roster nobody connects with a certificate that the admin has not put on one.
            #expect(!roster.authorizes(renewed.tlsCertificate.identity))
        }
        // The one before the last is forgotten.
        let third = try next.renewing(grants.map { try consortium.authority.renew($0, at: later) }, at: later)
        for (peer, renewed) in zip(everybody, grants) {
            #expect(!third.authorizes(peer.tlsCertificate.identity))
            #expect(third.authorizes(renewed.tlsCertificate.identity))
        }
        let gone = try third.replacing(members: [third.members[1]], at: later)
        for certificate in [grants[0].tlsCertificate, grants[0].signingCertificate] {
            #expect(!gone.authorizes(certificate.identity))
        }
    }

    @Test("a renewal replaces no keys and adds nobody")
    func noOtherKeys() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1, at: date)
        let roster = try await roster(consortium)
        let keys = PeerKeys()
        for role in [consortium.clinics[0].role, .coordinator, .admin("test")] {
            let other = try consortium.authority.grant(keys, role: role, at: date)
            #expect(throws: IdentityError(.keyMismatch, "")) { try roster.renewing([other], at: date) }
        }
        for role in [PeerRole.clinic(try ClinicID("stranger")), .admin("stranger")] {
            let stranger = try consortium.authority.grant(keys, role: role, at: date)
            #expect(throws: IdentityError(.notInRoster, "")) { try roster.renewing([stranger], at: date) }
        }
    }

    @Test("a roster without renewals has the bytes that it had before there were any")
    func sameBytes() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1, at: date)
        let text = String(decoding: consortium.roster.payload, as: UTF8.self)
        #expect(!text.contains("previous"))
    }

    @Test("a document is verified as of its own date, but not before its signer's certificate and not in the future")
    func ownDate() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 0, at: date)
        let authority = consortium.authority.certificate
        func verify(_ made: Date, now: Date) async throws {
            let document = try consortium.admin.sign(Dated(made: made), kind: .job)
            _ = try await document.verified(kind: .job, authority: authority, asOf: \.made, now: now) { $0.isAdmin }
        }
        let ended = date.addingTimeInterval(800 * 86_400)
        try await verify(date, now: ended)
        // A signer whose clock is behind.
        try await verify(date.addingTimeInterval(-86_400), now: date)
        await #expect(throws: IdentityError(.expiredCertificate, "")) { try await verify(ended, now: ended) }
        await #expect(throws: IdentityError(.expiredCertificate, "")) {
            try await verify(ended.addingTimeInterval(86_400), now: ended)
        }
    }

    private struct Dated: Codable, Sendable { var made: Date }

    @Test(
        "a warning comes in good time and names who does what",
        arguments: [(60, nil), (59, "ends in 59 days"), (1, "ends in 1 day:"), (0, "ends in 0 days"), (-1, "ended on")]
            as [(Int, String?)])
    func warnings(days: Int, words: String?) throws {
        let end = date.addingTimeInterval(Double(days) * 86_400 + 60)
        for role in [PeerRole.clinic(try ClinicID("lakeside")), .coordinator, .admin("anna")] {
            let warning = CertificateLife(role: role, notValidAfter: end).warning(at: date)
            #expect((warning == nil) == (words == nil))
            if let words, let warning {
                #expect(warning.contains(words) && warning.contains("consilium-admin renew"), "\(warning)")
                #expect(warning.contains("ask the consortium's admin") == !role.isAdmin)
            }
        }
    }
}

@Suite("What is pasted from one terminal to another")
struct PastedTextTests {
    @Test("an invitation comes back whole, also through a mail program that breaks lines")
    func invitation() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 0)
        let token = try EnrolmentToken(clinic: ClinicID("lakeside"))
        let made = Invitation(
            coordinator: "https://a.example:8443", authority: consortium.authority.certificate, token: token)
        let text = try made.text()
        let broken = text.enumerated().map { $0.offset % 70 == 69 ? "\($0.element)\n  " : "\($0.element)" }.joined()
        for text in [text, broken, " \(text)\n"] {
            let read = try Invitation(text: text)
            #expect(read.coordinator == made.coordinator && read.authority == made.authority)
            #expect(read.token.text == token.text)
        }
        for shown in ["\(made)", String(reflecting: made)] {
            #expect(!text.contains(shown) && !shown.contains("consilium1"))
        }
        for text in ["", "consilium-invitation1.", String(text.dropLast(9)), "x" + text, token.text] {
            #expect(throws: IdentityError(.malformedToken, "")) { _ = try Invitation(text: text) }
        }
    }

    @Test("a message of a pairing opens with the same code and for the same use only")
    func pairing() throws {
        let code = try PairingCode()
        let again = try PairingCode(text: " \(code.text)\n")
        let message = try code.seal(["a": 1], for: .request)
        #expect(try again.open(message, for: .request, as: [String: Int].self) == ["a": 1])
        let refused = IdentityError(.badProof, "")
        #expect(throws: refused) { _ = try again.open(message, for: .grant, as: [String: Int].self) }
        #expect(throws: refused) { _ = try PairingCode().open(message, for: .request, as: [String: Int].self) }
        let text = String(decoding: try CanonicalJSON.encode(message), as: UTF8.self)
        let changed = text.replacing(
            Data("{\"a\":1}".utf8).base64EncodedString(), with: Data("{\"a\":2}".utf8).base64EncodedString())
        #expect(changed != text)
        let forged = try CanonicalJSON.decode(PairingCode.Message.self, from: Data(changed.utf8))
        #expect(throws: refused) { _ = try again.open(forged, for: .request, as: [String: Int].self) }
        #expect(!"\(code)".contains(code.text))
        for text in ["", "consilium-pairing1.", "consilium-pairing1.AAAA", code.text + "A"] {
            #expect(throws: IdentityError(.malformedToken, "")) { _ = try PairingCode(text: text) }
        }
    }
}
