import ConsiliumTesting
import Foundation
import Testing

extension EndToEnd {
    @Suite("A full disk", .timeLimit(.minutes(60)))
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
