public import Foundation

/// What a person means by the paths of an audit: ledgers, the clinics' folders they lie in, and the coordinator's records.
public struct AuditPaths: Sendable, Equatable {
    /// Each ledger once, in the order of the paths, those of a folder by name.
    public private(set) var ledgers: [URL] = []
    /// Databases of coordinators.
    public private(set) var coordinators: [URL] = []

    static let coordinatorFile = "coordinator.sqlite"

    /// - Parameter paths: a ledger, an exported `.jsonl`, a clinic's or the coordinator's folder, a `coordinator.sqlite`, or a
    ///   folder of those.
    /// - Throws: ``AdminError`` `.fileMissing` for a path that does not exist or holds nothing to audit, and if there is no
    ///   ledger at all.
    public init(_ paths: [URL]) throws {
        var ledgerPaths: [URL] = []
        for path in paths {
            if path.lastPathComponent == Self.coordinatorFile {
                guard FileManager.default.fileExists(atPath: path.path) else {
                    throw AdminError(.fileMissing, "There is no \(path.path). Name the coordinator's folder.")
                }
                add(coordinator: path)
                continue
            }
            var folders = [path]
            let names = (try? FileManager.default.contentsOfDirectory(atPath: path.path)) ?? []
            folders += names.sorted().filter { !$0.hasPrefix(".") }.map { path.appendingPathComponent($0) }
            let found = folders.map { $0.appendingPathComponent(Self.coordinatorFile) }.filter {
                FileManager.default.fileExists(atPath: $0.path)
            }
            for file in found { add(coordinator: file) }
            // A coordinator's own folder has no ledger in it, and that is as it should be.
            if !found.contains(path.appendingPathComponent(Self.coordinatorFile)) { ledgerPaths.append(path) }
        }
        ledgers = try LedgerPaths.resolve(ledgerPaths)
    }

    private mutating func add(coordinator file: URL) {
        if !coordinators.contains(file) { coordinators.append(file) }
    }
}
