internal import Foundation
internal import Reports

/// Which files of a watched folder are complete: those that did not change from one look to the next.
struct WatchedFiles {
    private struct Seen {
        var size: Int
        var modified: Date
        var isDone = false
    }

    private var seen: [String: Seen] = [:]

    /// Files that are complete and were not imported in this state yet, by path.
    ///
    /// An empty file is left alone: most often it is one that is about to be written.
    mutating func ready(_ files: [FoundFile]) -> Set<String> {
        var next: [String: Seen] = [:]
        next.reserveCapacity(files.count)
        var ready: Set<String> = []
        for file in files {
            let path = file.url.path
            if let before = seen[path], before.size == file.size, before.modified == file.modified {
                next[path] = before
                if !before.isDone, file.size > 0 { ready.insert(path) }
            } else {
                next[path] = Seen(size: file.size, modified: file.modified)
            }
        }
        seen = next
        return ready
    }

    /// Notes that files were imported as they were at the last look. What was written to them meanwhile shows at the next.
    mutating func done(_ paths: Set<String>) {
        for path in paths { seen[path]?.isDone = true }
    }
}
