internal import Foundation

/// The files behind the paths of a command line.
enum ImportFiles {
    typealias File = FoundFile

    /// What was found: the files to read, what must not be read, and what is passed over, with reasons.
    struct Found {
        var files: [File] = []
        var rejected: [ImportRejection] = []
        var skipped: [ImportRejection] = []
    }

    /// Folders are walked in sorted order, without hidden files and without following links, so that a link can't lead the
    /// import in circles or out of the folder.
    ///
    /// - Parameter excluded: folders of which nothing is read, by whatever path they are reached.
    static func expand(_ paths: [URL], excluding excluded: [URL] = []) throws -> Found {
        let excluded = Set(excluded.compactMap(Identity.init))
        var found = Found()
        for path in paths {
            guard !path.path.isEmpty else { throw emptyPath }
            let path = path.standardizedFileURL
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path.path, isDirectory: &isFolder) else {
                throw ReportsError(.fileUnreadable, "\(path.path) does not exist. Check the path.")
            }
            if isBelow(path, excluded) {
                found.rejected.append(ownFolder(path.lastPathComponent))
            } else if isFolder.boolValue {
                try walk(path, prefix: "", root: path.path, excluded, into: &found)
            } else {
                let root = path.deletingLastPathComponent().path
                let attributes = try? FileManager.default.attributesOfItem(atPath: path.path)
                add(File(url: path, name: path.lastPathComponent, root: root, attributes ?? [:]), to: &found)
            }
        }
        return found
    }

    static var emptyPath: ReportsError {
        ReportsError(.badPath, "A path is empty. Name a file or a folder; “.” is the current folder.")
    }

    private static func add(_ file: File, to found: inout Found) {
        if let (reason, sentence) = OwnFiles.refusal(name: file.name) {
            found.rejected.append(ImportRejection(file: file.name, locator: "", reason: reason, sentence: sentence))
        } else {
            found.files.append(file)
        }
    }

    private static func ownFolder(_ name: String) -> ImportRejection {
        ImportRejection(
            file: name, locator: "", reason: .nodeFile,
            sentence: "This is the node's own folder; nothing in it is read. Keep the reports in another folder.")
    }

    private static func skipped(_ name: String, _ reason: ImportRejection.Reason, _ sentence: String) -> ImportRejection
    {
        ImportRejection(file: name, locator: "", reason: reason, sentence: sentence)
    }

    private static func walk(
        _ folder: URL, prefix: String, root: String, _ excluded: Set<Identity>, into found: inout Found
    ) throws {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch {
            throw ReportsError(.fileUnreadable, "Can't list \(folder.path). Check this user's rights.", cause: error)
        }
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            if name.hasPrefix(".") {
                found.skipped.append(skipped(prefix + name, .hidden, "A hidden file or folder is not imported."))
                continue
            }
            let url = folder.appendingPathComponent(name)
            let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
            switch attributes?[.type] as? FileAttributeType {
            case .typeDirectory:
                if let identity = Identity(url), excluded.contains(identity) {
                    found.rejected.append(ownFolder(prefix + name))
                } else {
                    try walk(url, prefix: "\(prefix)\(name)/", root: root, excluded, into: &found)
                }
            case .typeRegular:
                add(File(url: url, name: prefix + name, root: root, attributes ?? [:]), to: &found)
            case .typeSymbolicLink:
                found.skipped.append(
                    skipped(prefix + name, .link, "A link is not followed. Name its target if it is to be imported."))
            default:
                found.skipped.append(
                    skipped(prefix + name, .special, "This is neither a file nor a folder, or it can't be looked at."))
            }
        }
    }

    /// Whether a file or folder is one of the excluded folders or lies below one, also through a link.
    private static func isBelow(_ path: URL, _ excluded: Set<Identity>) -> Bool {
        guard !excluded.isEmpty else { return false }
        var url = path.resolvingSymlinksInPath()
        while url.pathComponents.count > 1 {
            if let identity = Identity(url), excluded.contains(identity) { return true }
            url = url.deletingLastPathComponent()
        }
        return false
    }

    /// A file or folder on the disk, whatever its path is.
    private struct Identity: Hashable {
        let device: Int
        let file: Int

        init?(_ url: URL) {
            let path = url.standardizedFileURL.resolvingSymlinksInPath().path
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
                let device = attributes[.systemNumber] as? Int, let file = attributes[.systemFileNumber] as? Int
            else { return nil }
            self.device = device
            self.file = file
        }
    }
}
