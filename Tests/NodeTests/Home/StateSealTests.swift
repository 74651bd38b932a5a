import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import GRDB
import Reports
import SecureAggregation
import Testing

@testable import Node

@Suite("What waits on the disk is sealed")
struct StateSealTests {
    let node: NodeFixture
    let seal: StateSeal

    init() throws {
        node = try NodeFixture()
        seal = StateSeal(node.home)
    }

    @Test("what was sealed opens in its place, and shows nothing", arguments: [0, 1, 1_000_000])
    func roundTrip(count: Int) throws {
        let plain = Data(repeating: 7, count: count)
        let sealed = try seal.seal(plain, place: "here")
        #expect(try seal.open(sealed, place: "here") == plain)
        #expect(sealed.count == count + StateSeal.mark.count + 28)
        #expect(try seal.seal(plain, place: "here") != sealed)
        if count > 100 { #expect(sealed.range(of: plain.prefix(16)) == nil) }
    }

    @Test("a changed bit, another place and another vault's key are refused")
    func refused() throws {
        let sealed = try seal.seal(Data("secret".utf8), place: "update of a, round 1")
        let damaged = NodeError(.stateUnreadable, "")
        for index in [StateSeal.mark.count, StateSeal.mark.count + 13, sealed.count - 1] {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: damaged) { try seal.open(changed, place: "update of a, round 1") }
        }
        #expect(throws: damaged) { try seal.open(sealed, place: "update of a, round 2") }
        #expect(throws: damaged) { try seal.open(sealed.dropLast(), place: "update of a, round 1") }
        #expect(throws: damaged) { try seal.open(StateSeal.mark, place: "update of a, round 1") }
        let other = try NodeFixture(clinic: "hillside")
        #expect(throws: damaged) { try StateSeal(other.home).open(sealed, place: "update of a, round 1") }
    }

    @Test("an update and a sum's secrets are on the disk in no other form, and come back after a restart")
    func onDisk() throws {
        let job = try JobID("cardiology-1")
        let files = try JobFiles(node.home.jobFolder(job))
        let vector = Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 7) })
        try files.saveUpdate(vector, round: 3, seal: seal)
        let stored = try Data(contentsOf: files.update(round: 3))
        #expect(stored.range(of: vector.prefix(32)) == nil)
        #expect(try files.readUpdate(round: 3, seal: StateSeal(node.home)) == vector)
        try FileManager.default.moveItem(at: files.update(round: 3), to: files.update(round: 4))
        #expect(throws: NodeError(.stateUnreadable, "")) { _ = try files.readUpdate(round: 4, seal: seal) }

        let hash = ContentHash(of: vector)
        let sum = try SecureSumNode(
            subject: SecureSumSubject(plan: hash, round: 3, model: hash, layout: hash, count: 8, clipNorm: 1),
            member: "lakeside", reservation: nil, after: 2)
        try node.services().store.save(sum, of: job)
        #expect(try node.services().store.sum(of: job, round: 3) == sum)
        for name in ["node.sqlite", "node.sqlite-wal"] {
            let bytes = (try? Data(contentsOf: node.home.folder.appendingPathComponent(name))) ?? Data()
            #expect(bytes.range(of: Data(hash.hex.utf8)) == nil)
        }
        // Without the vault's key nothing of it is stored, rather than in clear.
        let unsealed = try NodeStore(file: node.folder.path("other.sqlite"))
        #expect(throws: NodeError(.stateUnwritable, "")) { try unsealed.save(sum, of: job) }
    }

    @Test("what an older version left in the middle of a round is read, and sealed at the next write")
    func older() throws {
        let job = try JobID("cardiology-1")
        let files = try JobFiles(node.home.jobFolder(job))
        let vector = Data([1, 2, 3, 4])
        try vector.write(to: files.update(round: 1))
        #expect(try files.readUpdate(round: 1, seal: seal) == vector)
        let hash = ContentHash(of: vector)
        let sum = try SecureSumNode(
            subject: SecureSumSubject(plan: hash, round: 1, model: hash, layout: hash, count: 8, clipNorm: 1),
            member: "lakeside", reservation: nil, after: 0)
        let store = try node.services().store
        let plain = try CanonicalJSON.encode(sum)
        try store.write { database in
            try database.execute(
                sql: "INSERT INTO sum (job, round, state) VALUES (?, 1, ?)", arguments: [job.rawValue, plain])
        }
        #expect(try store.sum(of: job, round: 1) == sum)
        try store.save(sum, of: job)
        let stored = try store.read { try Data.fetchOne($0, sql: "SELECT state FROM sum") }
        #expect(stored?.starts(with: StateSeal.mark) == true)
    }

    @Test("sealing an update of ten million numbers takes a moment", .timeLimit(.minutes(60)))
    func speed() throws {
        let vector = Data(repeating: 3, count: 40_000_000)
        let start = ContinuousClock.now
        let sealed = try seal.seal(vector, place: "here")
        let middle = ContinuousClock.now
        #expect(try seal.open(sealed, place: "here").count == vector.count)
        print("40 MB: sealed in \(start.duration(to: middle)), opened in \(middle.duration(to: .now))")
    }
}
