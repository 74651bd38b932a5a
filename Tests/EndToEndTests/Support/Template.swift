import ConsiliumCore
import ConsiliumTesting
import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A consortium of four enrolled clinics with imported reports, made once a test run. Each test works on a copy: the same
/// keys, reports and splits, so that runs of the same job can be compared bit for bit.
enum Template {
    private static let made = Once()

    /// A copy with its own coordinator, which runs.
    static func copy() async throws -> Consortium {
        let original = try await made.folder()
        let folder = try TemporaryFolder()
        for name in try FileManager.default.contentsOfDirectory(atPath: original.url.path) where name != "logs" {
            try FileManager.default.copyItem(at: original.path(name), to: folder.path(name))
        }
        let consortium = try Consortium(in: folder)
        try await consortium.startCoordinator()
        // The copy's coordinator has a port of its own.
        for clinic in Clinic.all { try consortium.writeSite(clinic) }
        return consortium
    }

    private actor Once {
        private var task: Task<TemporaryFolder, any Error>?

        func folder() async throws -> TemporaryFolder {
            if let task { return try await task.value }
            let task = Task {
                let folder = try TemporaryFolder()
                Leftovers.removeAtExit(folder.url)
                let consortium = try Consortium(in: folder)
                try await consortium.found()
                for (number, clinic) in Clinic.all.enumerated() {
                    try await consortium.initialize(clinic)
                    try await consortium.importSamples(clinic, seed: 11 + number)
                }
                try await consortium.enrol(Clinic.all)
                consortium.killAll()
                return folder
            }
            self.task = task
            return try await task.value
        }
    }
}

extension Consortium {
    /// Replaces a clinic's settings; keys, vault and ledger stay.
    /// - Parameter url: another way to the coordinator than the direct one.
    func writeSite(_ clinic: Clinic, models: [URL] = [BaseModels.demo], url: String? = nil) throws {
        try Data(siteText(clinic, models: models, url: url).utf8).write(
            to: home(clinic.id).appendingPathComponent("node.yaml"))
    }
}

/// What statics hold is never released: their folders go when the process ends.
private enum Leftovers {
    private static let folders = Mutex<[URL]>([])

    static func removeAtExit(_ url: URL) {
        let isFirst = folders.withLock { folders in
            folders.append(url)
            return folders.count == 1
        }
        if isFirst { atexit { Leftovers.remove() } }
    }

    private static func remove() {
        for url in folders.withLock({ $0 }) { try? FileManager.default.removeItem(at: url) }
    }
}
