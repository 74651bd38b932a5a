import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@testable import Coordinator

@Suite("The roster outlives the certificates that signed it")
struct RosterKeeperTests {
    /// After every certificate and the authority have ended.
    static let muchLater = Date(timeIntervalSinceNow: 100 * 365 * 86_400)

    static func keeper(_ consortium: ThrowawayConsortium, _ store: SQLiteStore, at date: Date) async throws
        -> RosterKeeper
    {
        try await RosterKeeper(
            store: store, authority: consortium.authority.certificate, first: consortium.roster, now: { date })
    }

    static func next(_ consortium: ThrowawayConsortium, by admin: PeerCredentials) async throws -> SignedDocument<
        Roster
    > {
        let first = try await consortium.roster.verify(
            kind: .roster, authority: consortium.authority.certificate, at: consortium.date, requiredRole: \.isAdmin)
        return try admin.sign(
            first.replacing(members: Array(first.members.dropLast()), at: consortium.date), kind: .roster)
    }

    @Test("a restart after the admin's certificate expired takes the stored roster", arguments: [1, 2])
    func expiredAdmin(version: Int) async throws {
        let consortium = try await ThrowawayConsortium(clinics: 2)
        let store = try SQLiteStore(file: consortium.folder.path("a.sqlite"))
        let first = try await Self.keeper(consortium, store, at: consortium.date)
        if version == 2 { try await first.replace(by: try await Self.next(consortium, by: consortium.admin)) }
        let again = try await Self.keeper(consortium, store, at: Self.muchLater)
        #expect(await again.roster.version == version)
        #expect(await again.document == first.document)
    }

    @Test("a grant that expired before the first start is refused")
    func expiredGrant() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1)
        let store = try SQLiteStore(file: consortium.folder.path("a.sqlite"))
        await #expect(throws: IdentityError(.expiredCertificate, "")) {
            _ = try await Self.keeper(consortium, store, at: Self.muchLater)
        }
        #expect(try await store.roster() == nil)
    }

    @Test("a stored roster that no admin of this consortium signed is refused")
    func foreignRoster() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 2)
        let other = try await ThrowawayConsortium(clinics: 2)
        let store = try SQLiteStore(file: consortium.folder.path("a.sqlite"))
        try await store.save(try await Self.next(consortium, by: other.admin), version: 2)
        await #expect(throws: IdentityError(.untrustedCertificate, "")) {
            _ = try await Self.keeper(consortium, store, at: consortium.date)
        }
    }
}
