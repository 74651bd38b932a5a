import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import SecureAggregation
import Testing

@testable import Coordinator
@testable import Transport

@Suite("Certificates renewed while the coordinator serves", .serialized)
struct CertificateTests {
    @Test("a clinic connects with its former certificate until it has fetched the new one, then with that")
    func clinic() async throws {
        try await withCoordinator(clinics: 2) { test, server in
            let former = test.consortium.clinics[0]
            try await server.with(former) { client in
                try await expectRefusal(.notFound) { _ = try await client.certificates() }
            }
            let renewed = try await test.renew([former], on: server)[0]
            let fetched = try await server.with(former) { try await $0.certificates() }
            #expect(fetched.tlsCertificate == renewed.tlsCertificate)
            #expect(fetched.signingCertificate == renewed.signingCertificate)
            try await server.with(renewed) { _ = try await $0.roster() }
            // Nobody else gets them.
            try await server.with(test.consortium.clinics[1]) { client in
                try await expectRefusal(.notFound) { _ = try await client.certificates() }
            }
        }
    }

    @Test("certificates that are not on the roster, or not of this authority, are refused")
    func refused() async throws {
        try await withCoordinator(clinics: 1) { test, server in
            let unpublished = try test.consortium.authority.renew(
                TestCoordinator.certificates(of: test.consortium.clinics[0]), at: test.consortium.date)
            let other = try await ThrowawayConsortium(clinics: 1)
            try await server.with(test.consortium.admin) { admin in
                try await expectRefusal(.conflict) { try await admin.publish([unpublished]) }
                try await expectRefusal(.notOnRoster) {
                    try await admin.publish([TestCoordinator.certificates(of: other.clinics[0])])
                }
            }
            try await server.with(test.consortium.clinics[0]) { clinic in
                try await expectRefusal(.wrongRole) { try await clinic.publish([unpublished]) }
                try await expectRefusal(.wrongRole) { _ = try await clinic.coordinatorCertificates() }
            }
        }
    }

    @Test("the coordinator shows its renewed certificate at the next connection, and after a restart")
    func own() async throws {
        let test = try await TestCoordinator(clinics: 1)
        let clock = MovableClock()
        var server = try await test.start(now: clock.now)
        let tls = test.consortium.coordinator
        #expect(try Self.shown(by: server) == tls.tlsCertificate.fingerprint)
        let renewed = try await test.renew([tls], on: server)[0]
        #expect(try Self.shown(by: server) == renewed.tlsCertificate.fingerprint)
        let own = try await server.with(test.consortium.admin) { try await $0.coordinatorCertificates() }
        #expect(own.signingCertificate == renewed.signingCertificate)
        await server.kill()
        server = try await test.start(now: clock.now)
        #expect(try Self.shown(by: server) == renewed.tlsCertificate.fingerprint)
        await server.kill()
    }

    /// The fingerprint of the certificate that a TLS client gets to see.
    private static func shown(by server: RunningCoordinator) throws -> ContentHash? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c",
            "openssl s_client -connect 127.0.0.1:\(server.port) </dev/null 2>/dev/null | openssl x509 -outform DER | openssl base64 -A",
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Data(base64Encoded: text).flatMap { $0.isEmpty ? nil : ContentHash(of: $0) }
    }

    @Test("an admin whose certificate ended publishes the roster that lists the renewed one; nobody else can")
    func lateAdmin() async throws {
        try await withCoordinator(clinics: 1) { test, server in
            let consortium = test.consortium
            let grant = try consortium.authority.renew(
                TestCoordinator.certificates(of: consortium.admin), at: consortium.date)
            let renewed = try PeerCredentials(
                keys: consortium.admin.keys, tlsCertificate: grant.tlsCertificate,
                signingCertificate: grant.signingCertificate, authority: grant.authority)
            let roster = try CanonicalJSON.decode(Roster.self, from: consortium.roster.payload)
            let next = try roster.renewing([grant], at: consortium.date)
            // Certificates of the authority for an admin whom no roster lists.
            let stranger = try consortium.authority.grant(PeerKeys(), role: .admin("stranger"), at: consortium.date)
            let keys = PeerKeys()
            let impostor = try PeerCredentials(
                keys: keys,
                tlsCertificate: consortium.authority.issueTLS(
                    keys.tls.certificateRequest(), role: .admin("test"), at: consortium.date),
                signingCertificate: consortium.authority.issueSigning(
                    keys.signing.publicKey, role: .admin("test"), at: consortium.date),
                authority: consortium.authority.certificate)
            #expect(stranger.tlsCertificate.role == .admin("stranger"))
            try await server.with(impostor) { client in
                try await expectRefusal(.notOnRoster) {
                    try await client.publish(impostor.sign(next, kind: .roster))
                }
                try await expectRefusal(.notOnRoster) { _ = try await client.overview() }
            }
            try await server.with(renewed) { client in
                try await expectRefusal(.notOnRoster) { _ = try await client.overview() }
                try await client.publish(renewed.sign(next, kind: .roster))
                _ = try await client.overview()
            }
            try await server.with(consortium.clinics[0]) { client in
                try await expectRefusal(.wrongRole) { try await client.publish(consortium.roster) }
            }
        }
    }

    @Test("a masked sum goes on while its clinics and its coordinator are renewed, with the same adapter")
    func duringSum() async throws {
        let test = try await TestCoordinator(clinics: 4)
        var server = try await test.start()
        let job = try await test.maskedJob(on: server)
        var clinics = (0..<4).map { SumClinic(test, $0, job) }
        for clinic in clinics { try await clinic.ready(1, on: server) }
        // Keys under the former certificates, the rest under the renewed ones, one clinic after the other.
        for index in clinics.indices {
            guard case .answer(let request) = try await clinics[index].poll(1, on: server) else { continue }
            try await clinics[index].answer(request, round: 1, on: server)
        }
        let renewed = try await test.renew(
            test.consortium.clinics + [test.consortium.coordinator], on: server)
        for index in 0..<3 { clinics[index].credentials = renewed[index] }
        try await MaskedRunTests.sum(&clinics, round: 1, on: &server)
        let result = try await MaskedRunTests.result(1, job, test, server)
        #expect(result.participants.count == 4 && result.secureSum?.attempt == 1)
        let document = try await server.with(test.consortium.admin) { try await $0.result(of: job.id, round: 1) }
        #expect(document.signer == renewed[4].signingCertificate)
        await server.kill()
        #expect(
            try await result.adapter == MaskedRunTests.clearAdapter(participants: [0, 1, 2, 3], rounds: 1))
    }

    @Test("a clinic that is taken off the roster in the middle of a masked sum is not heard again; the others finish")
    func removedDuringSum() async throws {
        let test = try await TestCoordinator(clinics: 4)
        let clock = MovableClock()
        var server = try await test.start(now: clock.now)
        let job = try await test.maskedJob(on: server, roundSeconds: 3600)
        var clinics = (0..<4).map { SumClinic(test, $0, job) }
        for clinic in clinics { try await clinic.ready(1, on: server) }
        for index in clinics.indices {
            guard case .answer(let request) = try await clinics[index].poll(1, on: server) else { continue }
            try await clinics[index].answer(request, round: 1, on: server)
        }
        let roster = try CanonicalJSON.decode(Roster.self, from: test.consortium.roster.payload)
        let removed = try clinics[3].id
        try await server.with(test.consortium.admin) { admin in
            try await admin.publish(
                test.consortium.admin.sign(
                    roster.replacing(members: roster.members.filter { $0.clinic != removed }, at: test.consortium.date),
                    kind: .roster))
        }
        try await expectRefusal(.notOnRoster) { _ = try await clinics[3].poll(1, on: server) }
        clinics.removeLast()
        try await MaskedRunTests.sum(&clinics, round: 1, on: &server, clock: clock)
        let result = try await MaskedRunTests.result(1, job, test, server)
        #expect(result.participants.map(\.clinic) == Array(test.clinicIDs.prefix(3)))
        #expect(result.missing == [removed])
        await server.kill()
    }

    @Test("the operator and the admin are told before anything ends")
    func notices() async throws {
        let test = try await TestCoordinator(clinics: 1)
        let clock = MovableClock()
        clock.advance(by: 700 * 86_400)
        let server = try await test.start(now: clock.now)
        let overview = try await server.with(test.consortium.admin) { try await $0.overview() }
        let notices = try #require(overview.notices)
        #expect(notices.count == 2 && notices.allSatisfy { $0.contains("ends in") && $0.contains("renew") })
        await server.kill()
    }
}
