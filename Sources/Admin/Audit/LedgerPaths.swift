internal import ConsiliumCore
public import Foundation

/// Finds the ledgers that a person means by some paths.
public enum LedgerPaths {
    /// A path is a `ledger.sqlite`, an exported `.jsonl`, a node's folder, the output of an audited training, or a folder of such
    /// folders and files.
    ///
    /// - Returns: each ledger once, in the order of the paths, those of a folder by name.
    /// - Throws: ``AdminError`` `.fileMissing` for a path that does not exist or holds no ledger: an audit of nothing would
    ///   look like a clean one.
    public static func resolve(_ paths: [URL]) throws -> [URL] {
        guard !paths.isEmpty else {
            throw AdminError(
                .invalidOption, "Name at least one ledger: a ledger.sqlite, an export, or a node's folder.")
        }
        var found: [URL] = []
        for path in paths {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path.path, isDirectory: &isFolder) else {
                throw AdminError(
                    .fileMissing, "There is no \(path.path). Name a ledger, an export, or a node's folder.")
            }
            let ledgers = isFolder.boolValue ? try ledgers(in: path, depth: 1) : [path]
            guard !ledgers.isEmpty else {
                throw AdminError(
                    .fileMissing,
                    "No ledger lies in \(path.path). A node's folder has a ledger.sqlite; exports end in .jsonl.")
            }
            for ledger in ledgers where !found.contains(ledger) { found.append(ledger) }
        }
        return found
    }

    private static func ledgers(in folder: URL, depth: Int) throws -> [URL] {
        let own = ["ledger.sqlite", "clinic-ledger.sqlite"].map(folder.appendingPathComponent).filter {
            FileManager.default.fileExists(atPath: $0.path)
        }
        if !own.isEmpty { return own }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        } catch {
            throw CoreError(.fileUnreadable, "Can't list \(folder.path). Check that this user may read it.")
        }
        var found: [URL] = []
        for name in names where !name.hasPrefix(".") {
            let entry = folder.appendingPathComponent(name)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: entry.path, isDirectory: &isFolder) else { continue }
            if !isFolder.boolValue {
                // The last one lies beside the audit of a local training.
                let isOther = ["node.sqlite", "vault.sqlite", AuditPaths.coordinatorFile, "metrics.jsonl"].contains(
                    name)
                if name.hasSuffix(".jsonl") || name.hasSuffix(".sqlite"), !isOther { found.append(entry) }
            } else if depth > 0,
                FileManager.default.fileExists(atPath: entry.appendingPathComponent("ledger.sqlite").path)
            {
                found += try ledgers(in: entry, depth: depth - 1)
            }
        }
        return found
    }
}
