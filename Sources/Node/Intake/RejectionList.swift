internal import ConsiliumCore
internal import Foundation
internal import Reports

/// A file with everything that an import passed over, one JSON object a line: no limit, unlike the summary's list.
final class RejectionList {
    private let handle: FileHandle
    private let path: String

    /// - Throws: ``CoreError`` `.fileUnwritable`.
    init(_ url: URL) throws {
        path = url.path
        try DurableFile.write(Data(), to: url)
        guard let handle = FileHandle(forWritingAtPath: url.path) else {
            throw CoreError(.fileUnwritable, "Can't write \(url.path). Check the path and this user's rights.")
        }
        self.handle = handle
    }

    func add(_ rejection: ImportRejection) throws {
        try attempt { try handle.write(contentsOf: try CanonicalJSON.encode(rejection) + Data([0x0a])) }
    }

    func close() throws {
        try attempt {
            try handle.synchronize()
            try handle.close()
        }
    }

    private func attempt(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as CocoaError {
            throw CoreError(
                .diskFull, "Can't write \(path). Free some space and run the same command again.", cause: error)
        }
    }
}
