import ConsiliumCore
import ConsiliumTesting
import Crypto
import Foundation
import Privacy
import Synchronization
import Testing

@testable import Ledger

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// What the killed process and the test agree on.
private enum Victim {
    static let folderVariable = "CONSILIUM_LEDGER_VICTIM"
    static let clinic = "clinic-a"
    static var isOne: Bool { ProcessInfo.processInfo.environment[folderVariable] != nil }

    static func ledger(_ folder: URL) -> URL { folder.appendingPathComponent("ledger.sqlite") }
    static func receipts(_ folder: URL) -> URL { folder.appendingPathComponent("receipts") }
    static func key(_ folder: URL) throws -> Curve25519.Signing.PrivateKey {
        try Curve25519.Signing.PrivateKey(
            rawRepresentation: Data(contentsOf: folder.appendingPathComponent("key")))
    }

    /// Works as a node does, until it is killed: reserves, says so, “trains”, commits.
    static func work(_ folder: URL) throws {
        let ledger = try PrivacyLedger.open(at: ledger(folder), clinic: clinic, signingKey: key(folder))
        let receipts = open(receipts(folder).path, O_WRONLY | O_APPEND | O_CREAT, 0o600)
        func note(_ head: LedgerHead) {
            let line = Data("\(head.sequence) \(head.hash.hex)\n".utf8)
            _ = line.withUnsafeBytes { write(receipts, $0.baseAddress, $0.count) }
        }
        var round = ledger.openReservations.count + 1_000_000 * Int(getpid() % 1000)
        while true {
            let attempt = ledger.nextAttempt(job: "job-1", round: round)
            let id = try ledger.reserve(LedgerFixture.request(round, attempt: attempt, noise: 60))
            // From here on the work would begin: it counts as done.
            note(id.head)
            if round % 3 != 0 {
                try ledger.commit(id, transcript: LedgerFixture.plan)
                if let head = ledger.head { note(head) }
            }
            round += 1
        }
    }
}

@Suite("A process that is killed while it reserves and commits", .serialized)
struct LedgerKillTests {
    /// `CONSILIUM_LEDGER_KILLS=500` for the whole number.
    private static var kills: Int {
        ProcessInfo.processInfo.environment["CONSILIUM_LEDGER_KILLS"].flatMap { Int($0) } ?? 40
    }

    @Test("the process that is killed", .enabled(if: Victim.isOne))
    func victim() throws {
        let folder = try #require(ProcessInfo.processInfo.environment[Victim.folderVariable])
        try Victim.work(URL(fileURLWithPath: folder))
    }

    @Test("at whatever moment: the ledger opens, verifies, and has every reservation that was handed out")
    func kills() throws {
        if Victim.isOne { return }
        var generator = ReproducibleGenerator(seed: 500)
        var total = (kills: 0, receipts: 0, interrupted: 0)
        while total.kills < Self.kills {
            let count = min(25, Self.kills - total.kills)
            let part = try killings(count, &generator)
            total = (total.kills + count, total.receipts + part.receipts, total.interrupted + part.interrupted)
        }
        #expect(total.receipts > Self.kills / 4, "the processes got to work")
        print("\(total.kills) kills, \(total.receipts) receipts, \(total.interrupted) in the middle of a transaction")
    }

    /// So many kills of processes that work on one ledger after the other.
    private func killings(_ count: Int, _ generator: inout ReproducibleGenerator) throws -> (
        receipts: Int, interrupted: Int
    ) {
        let folder = try TemporaryFolder()
        let key = Curve25519.Signing.PrivateKey()
        try folder.write("key", key.rawRepresentation)
        let file = Victim.ledger(folder.url)
        _ = try PrivacyLedger.create(
            at: file, clinic: Victim.clinic, signingKey: key,
            policy: BudgetPolicy(scope: "reports", cap: PrivacyBudget(epsilon: 1000, delta: 1e-5)))
        var handedOut = 0
        var interrupted = 0
        for kill in 0..<count {
            try run(folder.url, for: Double.random(in: 0...0.12, using: &generator), receiptsBefore: handedOut)
            let journal = try? Data(contentsOf: URL(fileURLWithPath: file.path + "-journal"))
            if journal?.isEmpty == false { interrupted += 1 }
            let receipts = try heads(folder.url)
            #expect(receipts.count >= handedOut)
            handedOut = receipts.count
            let audited = LedgerAudit.audit(files: [file], expectedHeads: [Victim.clinic: receipts])
            #expect(audited.isClean, "kill \(kill): \(audited.statement)")
            let ledger = try PrivacyLedger.open(at: file, clinic: Victim.clinic, signingKey: key)
            try ledger.requireContains(receipts)
            #expect(try ledger.spent().charged >= trueSpend(ledger, receipts) - 1e-12, "kill \(kill)")
            #expect(LedgerAudit.audit(files: [file]).isClean)
        }
        return (handedOut, interrupted)
    }

    /// The epsilon of the reservations that the killed processes went on to work with.
    private func trueSpend(_ ledger: PrivacyLedger, _ receipts: [LedgerHead]) throws -> Double {
        let reserved = ledger.state.withLock { state in
            receipts.compactMap { state.reservations[$0.sequence]?.events }.flatMap { $0 }
        }
        return RDPFilter.epsilon(of: try RDPFilter.curve(of: reserved), delta: 1e-5)
    }

    private func heads(_ folder: URL) throws -> [LedgerHead] {
        guard let text = try? String(contentsOf: Victim.receipts(folder), encoding: .utf8) else { return [] }
        return try text.split(separator: "\n").map { line in
            let parts = line.split(separator: " ")
            return LedgerHead(
                sequence: try #require(Int(parts[0])), hash: try ContentHash(hex: String(try #require(parts.last))))
        }
    }

    /// Starts this very test program again as the victim, lets it begin, and kills it after `seconds`.
    private func run(_ folder: URL, for seconds: Double, receiptsBefore: Int) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["--testing-library", "swift-testing", "--filter", "LedgerKillTests/victim"]
        process.environment = ProcessInfo.processInfo.environment.merging([Victim.folderVariable: folder.path]) { $1 }
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer { process.waitUntilExit() }
        let deadline = Date().addingTimeInterval(60)
        while try heads(folder).count == receiptsBefore, process.isRunning, Date() < deadline {
            Thread.sleep(forTimeInterval: 0.002)
        }
        Thread.sleep(forTimeInterval: seconds)
        #expect(process.isRunning, "the victim works until it is killed")
        #expect(kill(process.processIdentifier, SIGKILL) == 0)
    }
}
