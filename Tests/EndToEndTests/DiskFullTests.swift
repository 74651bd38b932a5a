import ConsiliumTesting
import Foundation
import Testing

extension EndToEnd {
    @Suite("A full disk", .timeLimit(.minutes(6)))
    struct DiskFull {
        @Test(
            "a ledger whose disk is full loses nothing, trains nothing, and goes on when there is space",
            .enabled(if: SmallDisk.isPossible, "needs the right to mount a tmpfs (root on Linux)"))
        func ledger() async throws {
            let consortium = try await Template.copy()
            let job = JobText(
                id: "private", clinics: ["alpha", "bravo", "charlie"], rounds: 2, steps: 3, length: 32,
                privacy: JobText.privacy(epsilon: 8), minimumClinics: 3)
            try await consortium.agree(on: job)

            // The ledger alone lies on a disk of its own; everything else has space.
            let disk = try SmallDisk(at: consortium.folder.path("disk"), kilobytes: 512)
            defer { disk.unmount() }
            let ledger = consortium.home("alpha").appendingPathComponent("ledger.sqlite")
            let moved = disk.url.appendingPathComponent("ledger.sqlite")
            try FileManager.default.moveItem(at: ledger, to: moved)
            try FileManager.default.createSymbolicLink(at: ledger, withDestinationURL: moved)
            let before = try await audit(consortium)
            let rowsBefore = try #require(before.ledgers.first?.rows)

            // Not even the beginning of the journal fits.
            try disk.fill(leaving: 0)
            expectRefusal(74, "The disk is full", try await consortium.node("alpha", "run", "--once"))
            try disk.free()
            // It opens; the reservation does not fit.
            try disk.fill(leaving: 40)
            expectRefusal(74, "The disk is full", try await consortium.node("alpha", "run", "--once"))
            #expect(!consortium.has("update-1.bin", job.id, of: "alpha"))
            try disk.free()
            let after = try await audit(consortium)
            #expect(after.isClean)
            #expect(after.ledgers.first?.rows == rowsBefore)
            try await consortium.finish(consortium.startNodes(job.clinics ?? []))
            let end = try await audit(consortium)
            #expect(end.isClean)
            #expect(end.ledgers.first?.budget?.jobs.first?.counts == "2 committed, 0 aborted, 0 open")
        }

        private func audit(_ consortium: Consortium) async throws -> Audit {
            try await expect(
                0, consortium.run(.admin, ["audit", "--json", consortium.home("alpha").path])
            ).json(Audit.self)
        }
    }
}

/// A file system of a few pages in memory.
private final class SmallDisk: Sendable {
    /// Whether this process may mount one; tried once.
    static let isPossible: Bool = {
        guard let folder = try? TemporaryFolder() else { return false }
        guard let disk = try? SmallDisk(at: folder.path("probe"), kilobytes: 64) else { return false }
        disk.unmount()
        return true
    }()

    let url: URL

    init(at url: URL, kilobytes: Int) throws {
        self.url = url
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        guard Self.run("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k,mode=0700", "tmpfs", url.path) == 0 else {
            throw CocoaError(.fileWriteNoPermission)
        }
    }

    func unmount() { _ = Self.run("umount", "--lazy", url.path) }

    private var filler: URL { url.appendingPathComponent("filler") }

    /// Leaves so many kilobytes free, a multiple of four.
    func fill(leaving kilobytes: Int) throws {
        try Data().write(to: filler)
        let handle = try FileHandle(forWritingTo: filler)
        defer { try? handle.close() }
        var pages = 0
        while (try? handle.write(contentsOf: Data(count: 4096))) != nil { pages += 1 }
        try handle.truncate(atOffset: UInt64(max(0, pages - kilobytes / 4) * 4096))
    }

    func free() throws { try FileManager.default.removeItem(at: filler) }

    private static func run(_ arguments: String...) -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return -1 }
        process.waitUntilExit()
        return process.terminationStatus
    }
}
