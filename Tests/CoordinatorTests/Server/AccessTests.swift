import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@testable import Coordinator
@testable import Transport

@Suite("Who may ask what", .serialized)
struct AccessTests {
    static let closedPaths = [
        "/v1/roster", "/v1/jobs", "/v1/jobs/job-1", "/v1/jobs/job-1/task", "/v1/jobs/job-1/rounds/1/update",
        "/v1/adapters/\(String(repeating: "0", count: 64))", "/v1/admin/overview", "/v1/admin/enrolments",
    ]

    @Test("without a certificate everything but health and enrolment is refused")
    func withoutCertificate() async throws {
        try await withCoordinator { test, server in
            try await server.with(TLSSettings(authority: test.consortium.authority.certificate)) { client in
                try await client.checkHealth()
                for path in Self.closedPaths {
                    let code = try await refusal { _ = try await client.exchange.send(.get, path) }
                    #expect(code == .notOnRoster, "\(path)")
                }
            }
        }
    }

    @Test("the log of a refusal names who asked")
    func logNamesPeer() async throws {
        let test = try await TestCoordinator(clinics: 1)
        let recorder = LogRecorder()
        let server = try await test.start(logger: recorder.logger)
        try await server.with(test.consortium.clinics[0]) { client in
            try await expectRefusal(.wrongRole) { _ = try await client.overview() }
        }
        try await server.with(TLSSettings(authority: test.consortium.authority.certificate)) { client in
            try await expectRefusal(.notOnRoster) { _ = try await client.roster() }
        }
        await server.kill()
        let refusals = recorder.entries.filter { $0.message == "request refused" }
        #expect(refusals.map { $0.metadata["peer"] } == ["urn:consilium:clinic:clinic-1", "none"])
        #expect(refusals.map { $0.metadata["path"] } == [Endpoint.adminOverview, Endpoint.roster])
    }

    @Test("a certificate of another authority is refused in the handshake, in words")
    func otherAuthority() async throws {
        try await withCoordinator { test, server in
            let other = try await ThrowawayConsortium(clinics: 1)
            // Trusts our coordinator, but comes with the other consortium's certificate for the same clinic id.
            let tls = TLSSettings(
                authorityPEM: test.consortium.authority.certificate.pem,
                certificatePEM: other.clinics[0].tlsCertificate.pem, privateKeyPEM: other.clinics[0].keys.tls.pem)
            try await server.with(tls) { client in
                do {
                    _ = try await client.roster()
                    Issue.record("The certificate was accepted.")
                } catch let error as FederationError {
                    #expect(error.message.contains("may have refused our certificate"), "\(error)")
                    #expect(error.code == .notOnRoster || error.code == .unavailable)
                }
            }
        }
    }

    @Test("a clinic that trusts another authority does not talk to this coordinator")
    func wrongCoordinator() async throws {
        try await withCoordinator { _, server in
            let other = try await ThrowawayConsortium(clinics: 1)
            try await server.with(other.clinics[0]) { client in
                let failure = await #expect(throws: FederationError(.unavailable, "")) { _ = try await client.roster() }
                #expect(failure?.message.contains("not issued by this consortium's CA") == true)
            }
        }
    }

    @Test("a certificate of the CA that is not on the roster is refused")
    func notOnRoster() async throws {
        try await withCoordinator { test, server in
            let keys = PeerKeys()
            let grant = try test.consortium.authority.grant(
                keys, role: .clinic(ClinicID("stranger")), at: test.consortium.date)
            let stranger = try PeerCredentials(
                keys: keys, tlsCertificate: grant.tlsCertificate, signingCertificate: grant.signingCertificate,
                authority: grant.authority)
            try await server.with(stranger) { client in
                try await expectRefusal(.notOnRoster) { _ = try await client.roster() }
                try await expectRefusal(.notOnRoster) { _ = try await client.jobs() }
            }
        }
    }

    @Test("a new certificate with a known clinic's name is not that clinic")
    func sameNameOtherCertificate() async throws {
        try await withCoordinator { test, server in
            let keys = PeerKeys()
            let grant = try test.consortium.authority.grant(
                keys, role: test.consortium.clinics[0].role, at: test.consortium.date)
            let twin = try PeerCredentials(
                keys: keys, tlsCertificate: grant.tlsCertificate, signingCertificate: grant.signingCertificate,
                authority: grant.authority)
            try await server.with(twin) { client in
                try await expectRefusal(.notOnRoster) { _ = try await client.roster() }
            }
        }
    }

    @Test("a clinic may not do an admin's work")
    func clinicIsNoAdmin() async throws {
        try await withCoordinator { test, server in
            let (file, adapter) = try test.initialAdapter()
            let clinic = test.consortium.clinics[0]
            let job = try test.manifest(adapter: adapter, file: file)
            try await server.with(clinic) { client in
                try await expectRefusal(.wrongRole) { _ = try await client.overview() }
                try await expectRefusal(.wrongRole) { try await client.uploadAdapter(file) }
                try await expectRefusal(.wrongRole) { try await client.propose(clinic.sign(job, kind: .job)) }
                try await expectRefusal(.wrongRole) { _ = try await client.pendingEnrolments() }
            }
            // Nor by sending its own signature through an admin's connection.
            try await server.with(test.consortium.admin) { client in
                try await client.uploadAdapter(file)
                try await expectRefusal(.wrongRole) { try await client.propose(clinic.sign(job, kind: .job)) }
            }
        }
    }

    @Test("a clinic sees neither the jobs of others nor their adapters")
    func otherClinicsJobs() async throws {
        try await withCoordinator { test, server in
            let (file, adapter) = try test.initialAdapter()
            let job = try test.manifest(adapter: adapter, file: file, clinics: Array(test.clinicIDs.prefix(2)))
            try await test.propose(job, file: file, on: server)
            let seen = try await server.with(test.consortium.clinics[0]) { try await $0.jobs() }
            #expect(seen.count == 1)
            try await server.with(test.consortium.clinics[2]) { client in
                #expect(try await client.jobs().isEmpty)
                try await expectRefusal(.jobUnknown) { _ = try await client.job(job.id) }
                try await expectRefusal(.jobUnknown) { _ = try await client.task(of: job.id, waitSeconds: 0) }
                let code = try await refusal {
                    try await client.downloadAdapter(job.initialAdapter.hash, to: test.consortium.folder.path("stolen"))
                }
                #expect(code == .notFound)
            }
        }
    }

    @Test("removal from the roster counts from the next request on the same connection")
    func removal() async throws {
        try await withCoordinator { test, server in
            let roster = try await server.with(test.consortium.admin) { client in
                try await client.roster().verify(
                    kind: .roster, authority: test.consortium.authority.certificate, at: Date()
                ) { $0.isAdmin }
            }
            try await server.with(test.consortium.clinics[0]) { client in
                _ = try await client.roster()
                let smaller = try roster.replacing(members: Array(roster.members.dropFirst()), at: test.consortium.date)
                try await server.with(test.consortium.admin) { admin in
                    let document = try test.consortium.admin.sign(smaller, kind: .roster)
                    try await admin.publish(document)
                    try await admin.publish(document)
                }
                try await expectRefusal(.notOnRoster) { _ = try await client.roster() }
            }
            try await server.with(test.consortium.admin) { admin in
                let old = try test.consortium.admin.sign(
                    roster.replacing(members: [], at: test.consortium.date), kind: .roster)
                try await expectRefusal(.conflict) { try await admin.publish(old) }
                #expect(try await admin.overview().rosterVersion == 2)
            }
        }
    }

    @Test("a roster that a clinic signed is refused")
    func rosterOfClinic() async throws {
        try await withCoordinator { test, server in
            let clinic = test.consortium.clinics[0]
            let roster = try CanonicalJSON.decode(Roster.self, from: test.consortium.roster.payload)
            let forged = try clinic.sign(
                roster.replacing(members: roster.members, at: test.consortium.date), kind: .roster)
            try await server.with(test.consortium.admin) { admin in
                try await expectRefusal(.wrongRole) { try await admin.publish(forged) }
            }
        }
    }

    @Test("an unknown path and a message that is too long get an answer in our words")
    func oddRequests() async throws {
        try await withCoordinator { test, server in
            try await server.with(test.consortium.admin) { client in
                try await expectRefusal(.notFound) { _ = try await client.exchange.send(.get, "/v2/nothing") }
                let long = Data(repeating: 32, count: (1 << 20) + 1)
                let code = try await refusal {
                    _ = try await client.exchange.send(.post, Endpoint.adminJobs, body: .json(long))
                }
                #expect(code == .malformedMessage)
                let broken = Data("{\"kind\":".utf8)
                try await expectRefusal(.malformedMessage) {
                    _ = try await client.exchange.send(.post, Endpoint.adminJobs, body: .json(broken))
                }
            }
        }
    }
}
