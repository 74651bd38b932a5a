internal import Foundation

/// The files behind the paths of a command line.
enum ImportFiles {
    struct File {
        var url: URL
        /// The path below ``root``.
        var name: String
        var root: String
        var size: Int
    }

    /// Folders are walked in sorted order, without hidden files and without following links, so that a link can't lead the
    /// import in circles or out of the folder.
    static func expand(_ paths: [URL]) throws -> [File] {
        var files: [File] = []
        for path in paths {
            let path = path.standardizedFileURL
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path.path, isDirectory: &isFolder) else {
                throw ReportsError(.fileUnreadable, "\(path.path) does not exist. Check the path.")
            }
            if isFolder.boolValue {
                try walk(path, prefix: "", root: path.path, into: &files)
            } else {
                let root = path.deletingLastPathComponent().path
                files.append(File(url: path, name: path.lastPathComponent, root: root, size: size(of: path)))
            }
        }
        return files
    }

    private static func walk(_ folder: URL, prefix: String, root: String, into files: inout [File]) throws {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch {
            throw ReportsError(.fileUnreadable, "Can't list \(folder.path). Check this user's rights.", cause: error)
        }
        for name in names.filter({ !$0.hasPrefix(".") }).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            let url = folder.appendingPathComponent(name)
            let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
            switch attributes?[.type] as? FileAttributeType {
            case .typeDirectory: try walk(url, prefix: "\(prefix)\(name)/", root: root, into: &files)
            case .typeRegular:
                files.append(File(url: url, name: prefix + name, root: root, size: attributes?[.size] as? Int ?? 0))
            default: continue
            }
        }
    }

    private static func size(of url: URL) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: url.path))?[.size] as? Int ?? 0
    }
}
