import Admin
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@Suite("Founding a consortium")
struct InitializationTests {
    @Test("the coordinator's certificates and the first roster check against the new authority")
    func grantIsComplete() async throws {
        let fixture = try await AdminFixture()
        let authority = try AuthorityCertificate(file: fixture.home.authorityFile)
        let credentials = try await fixture.made.grant.certificates.credentials(
            keys: fixture.coordinator, role: .coordinator, authority: authority, at: fixture.date)
        let roster = try await fixture.made.grant.roster.verify(
            kind: .roster, authority: authority, at: fixture.date, requiredRole: \.isAdmin)
        #expect(roster.version == 1)
        #expect(roster.members.isEmpty)
        #expect(roster.authorizes(credentials.tlsCertificate.identity))
        #expect(roster.authorizes(try fixture.home.credentials().signingCertificate.identity))
    }

    @Test("the keys are readable by their owner alone")
    func keysArePrivate() async throws {
        let fixture = try await AdminFixture()
        for file in ["ca-key.pem", "keys/tls-key.pem", "keys/signing-key.pem"] {
            let path = fixture.home.folder.appendingPathComponent(file).path
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(file)")
        }
    }

    @Test("a second init in the same folder changes nothing")
    func secondInitIsRefused() async throws {
        let fixture = try await AdminFixture()
        let before = try Data(contentsOf: fixture.home.authorityFile)
        await #expect(throws: AdminError(.alreadyInitialized, "")) {
            _ = try await fixture.home.initialize(
                consortium: "Other", request: AdminFixture.request(PeerKeys()), coordinatorURL: nil, at: fixture.date)
        }
        #expect(try Data(contentsOf: fixture.home.authorityFile) == before)
    }

    @Test("a request without any host is refused before anything is written")
    func requestWithoutHost() async throws {
        let folder = try TemporaryFolder()
        let home = AdminHome(folder.path("admin"))
        await #expect(throws: AdminError(.malformedRequest, "")) {
            _ = try await home.initialize(
                consortium: "Test", request: AdminFixture.request(PeerKeys(), dnsNames: []), coordinatorURL: nil,
                at: Date())
        }
        #expect(!FileManager.default.fileExists(atPath: home.folder.path))
    }

    @Test("a roster signed by someone else is not taken for ours")
    func foreignRoster() async throws {
        let fixture = try await AdminFixture()
        let stranger = try await ThrowawayConsortium(clinics: 1, name: "Test", at: fixture.date)
        try stranger.roster.write(to: fixture.home.rosterFile)
        await #expect(throws: IdentityError(.untrustedCertificate, "")) {
            _ = try await fixture.home.roster(at: fixture.date)
        }
    }

    @Test("a folder that was never initialized says how to make one")
    func missingFolder() throws {
        let folder = try TemporaryFolder()
        #expect(throws: AdminError(.notInitialized, "")) { _ = try AdminHome(folder.path("none")).credentials() }
    }
}
