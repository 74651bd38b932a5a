internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import LanguageModels

/// Where a job's files lie in the node's folder.
struct JobFiles: Sendable {
    let folder: URL

    init(_ folder: URL) throws {
        self.folder = folder
        try DurableFile.createFolder(folder)
    }

    /// What an adapter's file may have at most: four bytes a parameter and room for the header. A coordinator that sends more
    /// must not fill the disk.
    static func adapterBytes(parameters: Int) -> Int {
        parameters.multipliedReportingOverflow(by: 4).partialValue + 4 << 20
    }

    func adapter(_ hash: ContentHash) -> URL { folder.appendingPathComponent("\(hash.short).safetensors") }
    func update(round: Int) -> URL { folder.appendingPathComponent("update-\(round).bin") }
    /// Keeps an encoded update sealed until its round is over: before it is masked it is this clinic's alone.
    func saveUpdate(_ vector: Data, round: Int, seal: StateSeal) throws {
        try DurableFile.write(seal.seal(vector, place: place(round)), to: update(round: round))
    }

    func readUpdate(round: Int, seal: StateSeal) throws -> Data {
        try seal.open(DurableFile.read(update(round: round), limit: 1 << 36), place: place(round))
    }

    private func place(_ round: Int) -> String { "update of \(folder.lastPathComponent), round \(round)" }

    func optimizer(round: Int) -> URL { folder.appendingPathComponent("optimizer-\(round).bin") }
    /// A round's result as the coordinator signed it; `consilium-admin audit` holds it against the coordinator's records.
    func result(round: Int) -> URL { folder.appendingPathComponent("result-\(round).json") }
    /// What was measured of the job's evaluation after a round.
    func evaluation(round: Int) -> URL { folder.appendingPathComponent("evaluation-\(round).json") }
    func keptResults() -> [URL] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasPrefix("result-") && $0.hasSuffix(".json") }.map {
            folder.appendingPathComponent($0)
        }
    }

    /// Canaries, coins and scores of the job's empirical audit.
    var audit: URL { folder.appendingPathComponent("audit") }
    var privacyPlan: URL { folder.appendingPathComponent("privacy-plan.json") }
    /// The final adapter as a PEFT folder.
    var finalAdapter: URL { folder.appendingPathComponent("adapter") }
    var localAdapter: URL { folder.appendingPathComponent("local-adapter") }
    var personalisedAdapter: URL { folder.appendingPathComponent("personalised-adapter") }

    /// As a PEFT folder, in place of what was there.
    func save(_ adapter: LoRAAdapter, to folder: URL, baseModel: String) throws {
        if FileManager.default.fileExists(atPath: folder.path) { try FileManager.default.removeItem(at: folder) }
        try adapter.save(to: folder, baseModel: baseModel)
    }

    /// Frees what earlier rounds no longer need: their updates are kept in the egress record, their adapters at the coordinator.
    func removeOutdated(before round: Int, keeping adapter: ContentHash) {
        for old in stride(from: 1, to: round - 1, by: 1) {
            try? FileManager.default.removeItem(at: update(round: old))
            try? FileManager.default.removeItem(at: optimizer(round: old))
        }
        let kept = self.adapter(adapter).lastPathComponent
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        for name in names where name.hasSuffix(".safetensors") && name != kept {
            try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
        }
    }
}
