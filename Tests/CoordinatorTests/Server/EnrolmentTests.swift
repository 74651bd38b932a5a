import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing
import Transport

@testable import Coordinator

@Suite("Enrolment with a one-time token", .serialized)
struct EnrolmentTests {
    static func token(_ test: TestCoordinator, clinic: String = "newcomer", expiresIn: TimeInterval = 3600) throws -> (
        token: EnrolmentToken, record: SignedDocument<TokenRecord>
    ) {
        let token = try EnrolmentToken(clinic: ClinicID(clinic))
        let date = test.consortium.date
        return (
            token,
            try test.consortium.admin.sign(
                token.record(issued: date, expires: date.addingTimeInterval(expiresIn)), kind: .enrolment)
        )
    }

    @Test("from token to the first answer on the roster")
    func wholeWay() async throws {
        try await withCoordinator(clinics: 1) { test, server in
            let (token, record) = try Self.token(test)
            try await server.with(test.consortium.admin) { try await $0.register(record) }
            let keys = PeerKeys()
            let request = try EnrolmentRequest(token: token, keys: keys, at: test.consortium.date)
            let newcomer = TLSSettings(authority: test.consortium.authority.certificate)
            try await server.with(newcomer) { client in
                #expect(try await client.enroll(request) == nil)
                try await expectRefusal(.enrolmentPending) { _ = try await client.grant(for: request) }
            }
            let grant = try await server.with(test.consortium.admin) { admin in
                let pending = try await admin.pendingEnrolments()
                #expect(pending == [request])
                let content = try request.verify(
                    against: token.record(
                        issued: test.consortium.date, expires: test.consortium.date.addingTimeInterval(3600)),
                    used: false, at: test.consortium.date)
                let grant = try test.consortium.authority.grant(content, at: test.consortium.date)
                try await admin.grant(grant, token: token.id)
                try await admin.grant(grant, token: token.id)
                #expect(try await admin.pendingEnrolments().isEmpty)
                return grant
            }
            let fetched = try await server.with(newcomer) { try await $0.grant(for: request) }
            #expect(fetched == grant)
            // The answer was lost: the same request again.
            let again = try await server.with(newcomer) { try await $0.enroll(request) }
            #expect(again == grant)
            let credentials = try PeerCredentials(
                keys: keys, tlsCertificate: grant.tlsCertificate, signingCertificate: grant.signingCertificate,
                authority: grant.authority)
            try await server.with(credentials) { client in
                try await expectRefusal(.notOnRoster) { _ = try await client.roster() }
            }
            try await server.with(test.consortium.admin) { admin in
                let roster = try CanonicalJSON.decode(Roster.self, from: test.consortium.roster.payload)
                let member = try Roster.Member(
                    name: "New", tlsCertificate: grant.tlsCertificate, signingCertificate: grant.signingCertificate)
                try await admin.publish(
                    test.consortium.admin.sign(
                        roster.replacing(members: roster.members + [member], at: test.consortium.date), kind: .roster))
            }
            try await server.with(credentials) { client in _ = try await client.roster() }
        }
    }

    @Test("an unknown, an expired and a used token are told apart")
    func refusals() async throws {
        try await withCoordinator(clinics: 1) { test, server in
            let newcomer = TLSSettings(authority: test.consortium.authority.certificate)
            let unknown = try Self.token(test)
            let expired = try Self.token(test, expiresIn: -60)
            let used = try Self.token(test)
            try await server.with(test.consortium.admin) { admin in
                try await admin.register(expired.record)
                try await admin.register(used.record)
                try await admin.register(used.record)
            }
            func request(_ token: EnrolmentToken) throws -> EnrolmentRequest {
                try EnrolmentRequest(token: token, keys: PeerKeys(), at: test.consortium.date)
            }
            try await server.with(newcomer) { client in
                _ = try await client.enroll(request(used.token))
                for (token, word) in [
                    (unknown.token, "doesn't know"), (expired.token, "expired"), (used.token, "has been used"),
                ] {
                    let error = await #expect(throws: FederationError(.enrolmentRefused, "")) {
                        _ = try await client.enroll(request(token))
                    }
                    #expect(error?.message.contains(word) == true, "\(word)")
                }
            }
        }
    }

    @Test("a token that no admin signed is refused")
    func tokenOfClinic() async throws {
        try await withCoordinator(clinics: 1) { test, server in
            let clinic = test.consortium.clinics[0]
            let token = try EnrolmentToken(clinic: ClinicID("friend"))
            let record = try clinic.sign(
                token.record(issued: test.consortium.date, expires: test.consortium.date.addingTimeInterval(60)),
                kind: .enrolment)
            try await server.with(test.consortium.admin) { admin in
                try await expectRefusal(.wrongRole) { try await admin.register(record) }
            }
        }
    }

    @Test("a grant with certificates of another clinic or another authority is refused")
    func wrongGrant() async throws {
        try await withCoordinator(clinics: 1) { test, server in
            let (token, record) = try Self.token(test)
            let request = try EnrolmentRequest(token: token, keys: PeerKeys(), at: test.consortium.date)
            try await server.with(test.consortium.admin) { try await $0.register(record) }
            try await server.with(TLSSettings(authority: test.consortium.authority.certificate)) { client in
                _ = try await client.enroll(request)
            }
            let other = try await ThrowawayConsortium(clinics: 1)
            try await server.with(test.consortium.admin) { admin in
                let ofOtherClinic = TestCoordinator.certificates(of: test.consortium.clinics[0])
                try await expectRefusal(.wrongRole) { try await admin.grant(ofOtherClinic, token: token.id) }
                let ofOtherAuthority = TestCoordinator.certificates(of: other.clinics[0])
                try await expectRefusal(.notOnRoster) { try await admin.grant(ofOtherAuthority, token: token.id) }
            }
        }
    }
}
