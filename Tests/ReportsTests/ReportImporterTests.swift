import ConsiliumCore
import ConsiliumTesting
import Foundation
import Synchronization
import Testing

@testable import Reports

@Suite("Import")
struct ReportImporterTests {
    let folder: TemporaryFolder
    let vault: Vault

    init() throws {
        folder = try TemporaryFolder()
        vault = try TestVault.make(in: folder)
    }

    @Test("folders are walked without hidden files, and every file is accounted for")
    func walk() throws {
        try folder.write("in/b/note.txt", "MRN: 1001\n\nText one.")
        try folder.write("in/a.csv", "mrn,report\n1002,Text two\n1003\n")
        try folder.write("in/.hidden.txt", "MRN: 1004\n\nHidden.")
        try folder.write("in/.git/x.txt", "MRN: 1005\n\nHidden.")
        try folder.write("in/c.txt", "Nobody is named here.")
        try folder.write("in/d.bin", "\u{0}\u{1}\u{0}")
        try FileManager.default.createSymbolicLink(
            at: folder.path("in/link.txt"), withDestinationURL: folder.path("in/c.txt"))
        try folder.write("in/e.txt", "")
        let updates = Mutex<[ProgressUpdate]>([])
        let summary = try ReportImporter().importPaths([folder.path("in")], into: vault) { update in
            updates.withLock { $0.append(update) }
        }
        #expect(summary.files == 5)
        #expect(summary.byFormat == [.csv: 1, .txt: 2])
        #expect(summary.new == 3)
        #expect(summary.rejected.map(\.file) == ["a.csv", "d.bin", "e.txt"])
        #expect(summary.rejected.map(\.reason) == [.columnCount, .binary, .empty])
        #expect(summary.skipped.map(\.file) == [".git", ".hidden.txt", "link.txt"])
        #expect(summary.skipped.map(\.reason) == [.hidden, .hidden, .link])
        #expect(summary.quarantined.map(\.file) == ["c.txt"])
        #expect(summary.mappings.map(\.fields) == [["patientKey": "mrn", "separator": "comma", "text": "report"]])
        #expect(try vault.counts().byStatus == [.imported: 2, .quarantined: 1])
        let last = try #require(updates.withLock { $0.last })
        #expect(last.completed == last.total)
    }

    @Test("a second import changes nothing, a corrected file gives a new version")
    func again() throws {
        let file = try folder.write("in/note.txt", "MRN: 1001\n\nText one.")
        let importer = try ReportImporter()
        #expect(try importer.importPaths([folder.path("in")], into: vault).new == 1)
        #expect(try importer.importPaths([folder.path("in")], into: vault).unchanged == 1)
        #expect(try importer.importPaths([file], into: vault).unchanged == 1)
        try folder.write("in/note.txt", "MRN: 1001\n\nText one, corrected.")
        #expect(try importer.importPaths([folder.path("in")], into: vault).changed == 1)
        #expect(try vault.counts().total == 1)
    }

    @Test("equal file names in two folders are two reports")
    func equalNames() throws {
        let one = try folder.write("x/note.txt", "MRN: 1001\n\nOne."),
            two = try folder.write("y/note.txt", "MRN: 1001\n\nTwo.")
        #expect(try ReportImporter().importPaths([one, two], into: vault).new == 2)
        #expect(try vault.counts().total == 2)
    }

    @Test("a configured fallback makes each report its own patient")
    func fallback() throws {
        try folder.write("in/a.txt", "Nobody is named here.")
        try folder.write("in/b.txt", "Nor here.")
        let importer = try ReportImporter(ImportConfiguration(patientKeyFallback: .report))
        let summary = try importer.importPaths([folder.path("in")], into: vault)
        #expect(summary.quarantinedCount == 0)
        #expect(try vault.counts().patients == 2)
        #expect(try importer.importPaths([folder.path("in")], into: vault).unchanged == 2)
    }

    @Test("an empty folder and a missing path are refused with a sentence")
    func refused() throws {
        try DurableFile.createFolder(folder.path("empty/below"))
        let importer = try ReportImporter()
        #expect(throws: ReportsError(.nothingToImport, "")) {
            try importer.importPaths([folder.path("empty")], into: vault)
        }
        #expect(throws: ReportsError(.nothingToImport, "")) {
            try importer.importData(Data(), name: "stdin", into: vault)
        }
        #expect(throws: ReportsError(.fileUnreadable, "")) {
            try importer.importPaths([folder.path("none")], into: vault)
        }
        #expect(ReportsError(.nothingToImport, "").category == .badData)
    }

    @Test("an empty path is refused; it is not the current folder", arguments: ["", " ", "\t"])
    func emptyPath(path: String) throws {
        #expect(throws: ReportsError(.badPath, "")) { try ReportImporter.location(typed: path) }
        #expect(try ReportImporter.location(typed: ".").path == URL(fileURLWithPath: ".").path)
        #expect(ReportsError(.badPath, "").category == .usage)
    }

    @Test("keys and a node's files are rejected by name and content, whatever is around them")
    func ownFiles() throws {
        try folder.write("in/a.txt", "MRN: 1001\n\nText one.")
        for name in ["vault.key", "Clinic-KEY.pem", "node.yaml", "vault.sqlite", "vault.sqlite-wal"] {
            try folder.write("in/sub/\(name)", "MRN: 1002\n\nnot a report")
        }
        let pem = "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n"
        try folder.write("in/sub/note.txt", "MRN: 1003\n\n" + pem)
        let importer = try ReportImporter()
        let summary = try importer.importPaths([folder.path("in")], into: vault)
        #expect(summary.files == 7 && summary.new == 1 && summary.rejectedCount == 6)
        #expect(summary.rejected.filter { $0.reason == .keyMaterial }.count == 3)
        #expect(summary.rejected.filter { $0.reason == .nodeFile }.count == 3)
        // Also when such a file is named by itself.
        let one = try importer.importPaths([folder.path("in/sub/vault.key")], into: vault)
        #expect(one.rejected.map(\.reason) == [.keyMaterial] && one.new == 0)
        #expect(try vault.counts().total == 1)
    }

    @Test("nothing in an excluded folder is read, by whatever path it is reached")
    func excluded() throws {
        try folder.write("in/a.txt", "MRN: 1001\n\nText one.")
        try folder.write("in/home/jobs/b.txt", "MRN: 1002\n\nText two.")
        try folder.write("in/homework/c.txt", "MRN: 1003\n\nText three.")
        let link = folder.path("link")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder.path("in/home"))
        for home in [folder.path("in/home"), folder.path("in/homework/../home/"), link] {
            let importer = try ReportImporter(excluding: [home, folder.path("absent")])
            let all = try importer.importPaths([folder.path("in")], into: vault)
            #expect(all.reports == 2 && all.rejected.map(\.file) == ["home"])
            #expect(all.rejected.map(\.reason) == [.nodeFile])
            for path in ["in/home", "in/home/jobs", "in/home/jobs/b.txt", "link", "link/jobs/b.txt"] {
                let summary = try importer.importPaths([folder.path(path)], into: vault)
                #expect(summary.reports == 0 && summary.rejected.map(\.reason) == [.nodeFile])
            }
        }
        #expect(try vault.counts().total == 2)
    }

    @Test(
        "a line of 100 MB is rejected quickly and what stands around it is read",
        arguments: [
            ("big.jsonl", "{\"mrn\":\"1\",\"text\":\"a\"}\n", "{\"mrn\":\"2\",\"text\":\"b\"}\n"),
            (
                "big.hl7", "MSH|^~\\&|||||||ORU^R01\rPID|||1001\rOBX||TX|||a\r",
                "MSH|^~\\&|||||||ORU^R01\rPID|||1001\rOBX||TX|||b\r"
            ),
        ])
    func hugeLine(name: String, before: String, after: String) throws {
        let start = name.hasSuffix("hl7") ? "MSH|^~\\&|||||||ORU^R01\rOBX||TX|||" : "{\"mrn\":\"3\",\"text\":\""
        var data = Data((before + start).utf8)
        data.append(Data(repeating: 120, count: 100 << 20))
        data.append(Data((name.hasSuffix("hl7") ? "\r" : "\"}\n").utf8))
        data.append(Data(after.utf8))
        let started = ContinuousClock.now
        let (reports, rejections) = try TestVault.outcomes(of: data, name: name)
        #expect(reports.map(\.text) == ["a", "b"])
        #expect(rejections.map(\.reason) == [.tooLong])
        // A reader that looks at each byte again with every chunk would take many minutes.
        #expect(ContinuousClock.now - started < .seconds(60))
    }

    @Test(
        "records past the limit are rejected in every format",
        arguments: ["big.txt", "big.csv", "big.json", "fhir.json"])
    func hugeRecord(name: String) throws {
        let start =
            switch name {
            case "big.csv": "mrn,report\n1,\""
            case "big.json": "[{\"mrn\":\"1\",\"text\":\""
            case "fhir.json": "{\"resourceType\":\"DiagnosticReport\",\"conclusion\":\""
            default: "MRN: 1\n"
            }
        let data = Data(start.utf8) + Data(repeating: 120, count: (16 << 20) + 100)
        let (reports, rejections) = try TestVault.outcomes(of: data, name: name)
        #expect(reports.isEmpty)
        #expect(rejections.map(\.reason) == [.tooLong])
    }
}
