import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Ledger

@testable import Coordinator
@testable import Node

/// What a run came to: everything that must be the same however it was disturbed.
struct Ending: Equatable, Sendable {
    struct Round: Equatable, Sendable {
        var adapter: ContentHash
        var participants: [ClinicID]
        var missing: [ClinicID]
    }

    struct Ledger: Equatable, Sendable {
        var committed: Int
        var aborted: Int
        var open: Int
        var charged: Double
    }

    /// As the coordinator signed them.
    var rounds: [Round]
    /// As each clinic keeps it at the end.
    var adapters: [ContentHash]
    var ledgers: [Ledger]
}

/// One federation from the first message to the last, on a copy of a blueprint.
struct FederationRun {
    /// Where runs lie: in memory if the system has room there, because a run flushes hundreds of times.
    private static let root: URL = {
        let memory = URL(fileURLWithPath: "/dev/shm")
        return FileManager.default.isWritableFile(atPath: memory.path) ? memory : FileManager.default.temporaryDirectory
    }()

    let blueprint: Blueprint
    let folder: URL
    let clock = TestClock()
    let board: Switchboard
    let seat: CoordinatorSeat
    let clinics: [ClinicSeat]
    private let disks: RunDisks?

    /// - Parameter hasDisks: whether each party has a small disk of its own, which needs the right to mount one.
    init(_ shape: Blueprint.Shape, faults: [Fault] = [], hasDisks: Bool = false) async throws {
        blueprint = try await Blueprint.of(shape)
        folder = Self.root.appendingPathComponent("consilium-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let names = try ["coordinator"] + blueprint.clinics.map { try $0.id.text }
        let (folder, blueprint) = (folder, blueprint)
        disks = hasDisks ? try RunDisks(names.map { folder.appendingPathComponent($0) }) : nil
        for name in names {
            let target = folder.appendingPathComponent(name)
            if !hasDisks { try FileManager.default.createDirectory(at: target, withIntermediateDirectories: false) }
            let source = blueprint.folder.path(name)
            for part in try FileManager.default.contentsOfDirectory(atPath: source.path) {
                try FileManager.default.copyItem(
                    at: source.appendingPathComponent(part), to: target.appendingPathComponent(part))
            }
        }
        let seat = CoordinatorSeat(folder: folder.appendingPathComponent("coordinator"), clock: clock)
        let clocks = blueprint.clinics.map { _ in TestClock() }
        let randoms = blueprint.clinics.indices.map { RoundRandom(clinic: $0) }
        let board = Switchboard(
            seat: seat, peers: blueprint.clinics, clock: clock, clinicClocks: clocks, randoms: randoms,
            disks: disks, faults: faults)
        var clinics: [ClinicSeat] = []
        for (index, peer) in blueprint.clinics.enumerated() {
            clinics.append(
                ClinicSeat(
                    index: index, home: NodeHome(folder.appendingPathComponent(try peer.id.text)),
                    material: blueprint.materials[index], board: board, clock: clocks[index], random: randoms[index]))
        }
        self.seat = seat
        self.board = board
        self.clinics = clinics
    }

    struct Stuck: Error, CustomStringConvertible {
        var description: String
    }

    /// Runs all nodes to their end, or to their death, then looks at what is on the disks of these clinics (by default all).
    ///
    /// - Parameter limit: of real time; a run that takes longer is stuck.
    func run(_ chosen: [Int]? = nil, within limit: Duration = .seconds(180)) async throws -> Ending {
        defer {
            disks?.unmount()
            try? FileManager.default.removeItem(at: folder)
        }
        try await seat.start()
        do {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for clinic in clinics {
                    group.addTask {
                        try await clinic.run(); return true
                    }
                }
                group.addTask {
                    try await Task.sleep(for: limit)
                    return false
                }
                for _ in clinics {
                    if try await group.next() == false { throw Stuck(description: await story()) }
                }
                group.cancelAll()
            }
            do {
                let ending = try await ending(of: chosen ?? Array(clinics.indices))
                await seat.kill()
                return ending
            } catch {
                throw Stuck(description: "\(error)\n\(await story())")
            }
        } catch {
            await seat.kill()
            throw error
        }
    }

    private func story() async -> String {
        let messages = await board.log.suffix(40).map(\.description).joined(separator: "\n")
        let notes = clinics.map { "\($0.index + 1): " + $0.notes.suffix(6).joined(separator: " | ") }
        return "stuck after\n\(messages)\n\(notes.joined(separator: "\n"))"
    }

    private func ending(of chosen: [Int]) async throws -> Ending {
        let store = try SQLiteStore(file: CoordinatorFolder(folder.appendingPathComponent("coordinator")).database)
        let rounds = try await store.results(of: blueprint.manifest.id).map { document in
            let result = try CanonicalJSON.decode(RoundResult.self, from: document.payload)
            return Ending.Round(
                adapter: result.adapter, participants: result.participants.map(\.clinic), missing: result.missing)
        }
        try store.close()
        var adapters: [ContentHash] = []
        var ledgers: [Ending.Ledger] = []
        for clinic in clinics where chosen.contains(clinic.index) {
            let services = try clinic.services()
            let files = try JobFiles(services.home.jobFolder(blueprint.manifest.id))
            adapters.append(
                try ContentHash(ofFile: files.finalAdapter.appendingPathComponent("adapter_model.safetensors")))
            let statement = try services.budget()
            let job = statement.jobs.first { $0.job == blueprint.manifest.id.rawValue }
            ledgers.append(
                Ending.Ledger(
                    committed: job?.committed ?? 0, aborted: job?.aborted ?? 0, open: job?.open ?? 0,
                    charged: statement.charged))
        }
        return Ending(rounds: rounds, adapters: adapters, ledgers: ledgers)
    }
}
