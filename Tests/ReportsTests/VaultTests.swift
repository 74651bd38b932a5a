import ConsiliumCore
import ConsiliumTesting
import Deidentification
import Foundation
import Testing

@testable import Reports

@Suite("The vault")
struct VaultTests {
    let folder: TemporaryFolder
    let vault: Vault

    init() throws {
        folder = try TemporaryFolder()
        vault = try TestVault.make(in: folder)
    }

    @Test("the same report is stored once")
    func idempotent() throws {
        let report = TestVault.report("a text")
        #expect(try vault.upsert([report]) == [.new])
        #expect(try vault.upsert([report]) == [.unchanged])
        // An export that moved to another folder is the same export.
        #expect(try vault.upsert([TestVault.report("a text", root: "/elsewhere")]) == [.unchanged])
        #expect(try vault.counts().total == 1)
    }

    @Test("a changed text at the same place is a new version, and an old one can come back")
    func versions() throws {
        let first = TestVault.report("first"), second = TestVault.report("second")
        #expect(try vault.upsert([first]) == [.new])
        #expect(try vault.upsert([second]) == [.changed])
        #expect(try vault.report(first.id) == nil)
        #expect(try vault.report(second.id)?.version == 2)
        #expect(try vault.report(second.id)?.report == second)
        let counts = try vault.counts()
        #expect(counts.total == 1)
        #expect(counts.superseded == 1)
        #expect(try vault.upsert([first]) == [.changed])
        #expect(try vault.report(first.id)?.version == 1)
        #expect(try vault.report(second.id) == nil)
    }

    @Test("another patient with the same text is another report")
    func otherPatient() throws {
        let one = TestVault.report("same", patient: "A1", file: "a.txt"),
            two = TestVault.report("same", patient: "A2", file: "b.txt")
        #expect(try vault.upsert([one, two]) == [.new, .new])
        #expect(try vault.counts().patients == 2)
    }

    @Test("no text, name, key, date or file name of a report is in the database's files")
    func sealed() throws {
        let report = Report(
            text: "Zanzibarite deposits in the left ventricle", patientKey: "MRN-4711-XYZZY", date: "1999-09-19",
            source: Report.Source(
                file: "quillfeather.txt", locator: "row=77", root: "/exports/secretward", format: .txt),
            knownIdentifiers: [KnownIdentifier(value: "Quillfeather", label: .name)])
        #expect(try vault.upsert([report]) == [.new])
        try vault.store(TestVault.deidentified("Zanzibarite deposits, cleaned"), for: report.id)
        var bytes = Data()
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.url.path) {
            let url = folder.path(name)
            bytes.append(try Data(contentsOf: url))
            let permissions = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int
            #expect(permissions == 0o600, "\(name)")
        }
        #expect(bytes.range(of: Data(report.id.hex.utf8)) != nil)
        for secret in ["Zanzibarite", "XYZZY", "1999-09-19", "uillfeather", "secretward", "row=77"] {
            #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret)")
        }
    }

    @Test("another key opens nothing and changes nothing")
    func wrongKey() throws {
        let report = TestVault.report("a text")
        _ = try vault.upsert([report])
        try vault.close()
        let other = VaultKey(master: Data(repeating: 8, count: 32))
        #expect(throws: ReportsError(.wrongKey, "")) { try Vault.open(folder.path("vault.sqlite"), key: other) }
        #expect(try TestVault.make(in: folder).report(report.id)?.report == report)
    }

    @Test("key files are made once, for this user alone, and checked when loaded")
    func keyFiles() throws {
        let url = folder.path("vault.key")
        let key = try VaultKey.create(at: url, random: SeededRandom(seed: 5))
        #expect(try VaultKey.load(from: url).pseudonym(ofPatientKey: "1") == key.pseudonym(ofPatientKey: " 1 "))
        #expect(throws: ReportsError(.badKey, "")) { try VaultKey.create(at: url) }
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: url.path)
        #expect(throws: ReportsError(.badKey, "")) { try VaultKey.load(from: url) }
        let short = folder.path("short.key")
        try DurableFile.write(Data("abc".utf8), to: short)
        #expect(throws: ReportsError(.badKey, "")) { try VaultKey.load(from: short) }
    }

    @Test("AES-256-GCM gives NIST's answer, and a flipped bit or another context does not open")
    func cipher() throws {
        struct Zero: SecureRandom {
            func fill(_ buffer: UnsafeMutableRawBufferPointer) { for index in buffer.indices { buffer[index] = 0 } }
        }
        // Test case 14 of the GCM specification (McGrew, Viega): zero key, zero nonce, one zero block.
        let box = SealedBox(key: Data(count: 32))
        let known = try box.seal(Data(count: 16), context: "", random: Zero())
        #expect(known.dropFirst(12).hexadecimal == "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919")
        var sealed = try box.seal(Data("text".utf8), context: "a", random: SystemRandom())
        #expect(try box.open(sealed, context: "a") == Data("text".utf8))
        #expect(throws: ReportsError(.vaultDamaged, "")) { try box.open(sealed, context: "b") }
        sealed[14] ^= 1
        #expect(throws: ReportsError(.vaultDamaged, "")) { try box.open(sealed, context: "a") }
    }

    @Test("a report without a patient key is quarantined, and no result can bring it out")
    func noPatient() throws {
        let report = TestVault.report("a text", patient: nil)
        _ = try vault.upsert([report])
        #expect(try vault.report(report.id)?.status == .quarantined)
        #expect(try vault.report(report.id)?.reason == "noPatientKey")
        #expect(throws: ReportsError(.noPatient, "")) { try vault.store(TestVault.deidentified("a"), for: report.id) }
    }

    @Test("de-identified reports come back with their patient, quarantined and superseded ones do not")
    func results() throws {
        let reports = (0..<250).map { TestVault.report("text \($0)", patient: "P\($0 % 40)", file: "\($0).txt") }
        _ = try vault.upsert(reports)
        var visited = 0
        try vault.forEachReport(status: .imported) { stored in
            visited += 1
            try vault.store(TestVault.deidentified("clean \(stored.report.text)"), for: stored.report.id)
        }
        #expect(visited == 250)
        try vault.quarantine(reports[3].id, reason: "rescan")
        _ = try vault.upsert([TestVault.report("another text", patient: "P4", file: "4.txt")])
        var texts: Set<String> = []
        try vault.forEachDeidentified { _, report, patient in
            texts.insert(report.text)
            #expect(patient == TestVault.key.pseudonym(ofPatientKey: "P\((Int(report.text.dropFirst(11)) ?? 0) % 40)"))
        }
        #expect(texts.count == 248)
        #expect(!texts.contains("clean text 3") && !texts.contains("clean text 4"))
        #expect(try vault.counts().byStatus == [.imported: 1, .deidentified: 248, .quarantined: 1])
        #expect(throws: ReportsError(.notCurrent, "")) { try vault.quarantine(reports[4].id, reason: "x") }
        #expect(throws: ReportsError(.unknownReport, "")) { try vault.quarantine(ContentHash(of: Data()), reason: "x") }
    }

    @Test("a full disk is told, and what was stored before is intact")
    func diskFull() throws {
        let url = folder.path("small.sqlite")
        let small = try Vault(
            url, key: TestVault.key, random: SystemRandom(), patience: 1, maximumPages: 40,
            clock: { Date(timeIntervalSince1970: 0) })
        let kept = TestVault.report("kept")
        _ = try small.upsert([kept])
        let large = (0..<200).map { TestVault.report(String(repeating: "x", count: 4000), file: "\($0).txt") }
        #expect(throws: ReportsError(.diskFull, "")) { try small.upsert(large) }
        #expect(try small.report(kept.id)?.report == kept)
        #expect(try small.counts().total == 1)
    }

    @Test("a vault that another process writes to is told as such")
    func locked() throws {
        let url = folder.path("vault.sqlite")
        let other = try Vault.open(url, key: TestVault.key, patience: 0.05)
        // A nonce is drawn in the middle of a transaction: the moment at which the other one has to wait.
        let writing = try Vault.open(
            url, key: TestVault.key,
            random: Interrupting { _ = try other.upsert([TestVault.report("second", file: "b.txt")]) })
        #expect(throws: ReportsError(.vaultLocked, "")) { try writing.upsert([TestVault.report("first")]) }
        #expect(try other.upsert([TestVault.report("second", file: "b.txt")]) == [.new])
    }

    private struct Interrupting: SecureRandom {
        let interruption: @Sendable () throws -> Void

        func fill(_ buffer: UnsafeMutableRawBufferPointer) throws {
            try interruption()
            try SystemRandom().fill(buffer)
        }
    }

    @Test("a file that is no database is told as damaged")
    func noDatabase() throws {
        let url = try folder.write("bad.sqlite", String(repeating: "not a database ", count: 500))
        #expect(throws: ReportsError(.vaultDamaged, "")) { try Vault.open(url, key: TestVault.key) }
    }
}
