import Admin
import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@Suite("Renewing certificates")
struct RenewalDeskTests {
    let day = 86_400.0

    @Test("nothing happens until something ends soon; then all that does is renewed, with the same keys")
    func inGoodTime() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["hillside", "lakeside"])
        let desk = RenewalDesk(home: fixture.home)
        let before = try await fixture.home.roster(at: fixture.date).roster
        #expect(try await desk.renew(endingWithin: 60, at: fixture.date) == nil)
        #expect(try await desk.warnings(at: fixture.date).isEmpty)

        let later = fixture.date.addingTimeInterval(690 * day)
        #expect(try await desk.warnings(at: later).first?.contains("renew") == true)
        let renewal = try #require(try await desk.renew(endingWithin: 60, at: later))
        #expect(renewal.grants.count == 4 && renewal.version == before.version + 1)
        let after = try await fixture.home.roster(at: later).roster
        #expect(after.members.map(\.signingKey) == before.members.map(\.signingKey))
        #expect(after.members.map(\.previousTLSFingerprint) == before.members.map(\.tlsFingerprint))
        #expect(after.coordinator.previousTLSFingerprint == before.coordinator.tlsFingerprint)
        #expect(try fixture.home.credentials().tlsCertificate.fingerprint == after.admins.first?.tlsFingerprint)
        #expect(renewal.coordinator?.roster.payloadHash == renewal.roster.payloadHash)
        #expect(try await desk.warnings(at: later).isEmpty)
        #expect(try await desk.renew(endingWithin: 60, at: later) == nil)
        // Two years later again, from what was renewed.
        let muchLater = later.addingTimeInterval(720 * day)
        #expect(try await desk.renew(endingWithin: 60, at: muchLater)?.grants.count == 4)
    }

    @Test("also after everything has ended, because the authority has not")
    func tooLate() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["lakeside"])
        let late = fixture.date.addingTimeInterval(800 * day)
        let renewal = try await RenewalDesk(home: fixture.home).renew(endingWithin: 0, at: late)
        #expect(renewal?.grants.count == 3)
        let roster = try #require(renewal?.roster)
        _ = try await roster.verify(
            kind: .roster, authority: fixture.made.authority, at: late, requiredRole: \.isAdmin)
    }

    @Test("a clinic that enrolled again with other keys is renewed for those")
    func newKeys() async throws {
        let fixture = try await AdminFixture()
        try await fixture.enrol(["lakeside"])
        let desk = RenewalDesk(home: fixture.home)
        _ = try await desk.renew(endingWithin: .max, at: fixture.date)
        try await fixture.enrol(["lakeside"])
        let key = try await fixture.home.roster(at: fixture.date).roster.members[0].signingKey
        let renewal = try #require(try await desk.renew(endingWithin: .max, at: fixture.date))
        let lakeside = try #require(renewal.grants.first { $0.tlsCertificate.role.isClinic })
        #expect(lakeside.signingCertificate.identity.signingKey == key)
    }

    @Test("a folder from before renewals takes the coordinator's certificates from it, or from its request")
    func olderFolder() async throws {
        let fixture = try await AdminFixture()
        try FileManager.default.removeItem(at: fixture.home.certificates.folder)
        let desk = RenewalDesk(home: fixture.home)
        await #expect(throws: AdminError(.certificatesUnknown, "")) {
            _ = try await desk.renew(endingWithin: .max, at: fixture.date)
        }
        await #expect(throws: AdminError(.malformedRequest, "")) {
            _ = try await desk.renew(
                endingWithin: .max, request: AdminFixture.request(PeerKeys()), at: fixture.date)
        }
        let byRequest = try await desk.renew(
            endingWithin: .max, request: AdminFixture.request(fixture.coordinator), at: fixture.date)
        #expect(byRequest?.grants.count == 2)
        try FileManager.default.removeItem(at: fixture.home.certificates.folder)
        let byNetwork = try await desk.renew(
            endingWithin: .max, coordinator: fixture.made.grant.certificates, at: fixture.date)
        #expect(byNetwork?.grants.count == 2)
    }

    @Test("frozen-a without a start is warned about, in words, and nothing else is")
    func draftWarnings() async throws {
        let fixture = try await AdminFixture()
        func warnings(_ changes: [String: String]) throws -> [String] {
            try JobDraft(yaml: fixture.draftText(changes), name: "draft").warnings
        }
        #expect(try warnings([:]).isEmpty)
        for changes in [["  rule: fedit\n": ""], ["rule: fedit": "rule: frozen-a"]] {
            let found = try warnings(changes)
            #expect(found.count == 1 && found.first?.contains("model warm-a") == true)
            #expect(
                try warnings(changes.merging(["baseModel:": "initialAdapter: {path: warm}\nbaseModel:"]) { $1 }).isEmpty
            )
        }
        #expect(try warnings(["rule: fedit": "rule: alternating"]).isEmpty)
    }
}
