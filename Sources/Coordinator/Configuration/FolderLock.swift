import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// One server for each folder: an advisory lock on its `lock` file, which the system releases when the process dies.
///
/// The file stays when the lock is released: deleting it would let two later processes lock two different files.
final class FolderLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// - Throws: ``CoordinatorError`` `.alreadyRunning` while another server holds it; `.storeFailed` if there can't be a lock.
    init(_ folder: CoordinatorFolder) throws {
        let path = folder.lock.path
        let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard opened >= 0 else {
            throw CoordinatorError(
                .storeFailed,
                "Can't create the lock file \(path): \(String(cString: strerror(errno))). Check this user's rights.")
        }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(opened)
            guard reason == EWOULDBLOCK else {
                throw CoordinatorError(
                    .storeFailed,
                    "Can't lock \(path): \(String(cString: strerror(reason))). Keep the folder on a local disk.")
            }
            throw CoordinatorError(
                .alreadyRunning,
                "Another coordinator serves \(folder.url.path) already. Stop it first, or give this one a folder of its own."
            )
        }
        descriptor = Mutex(opened)
    }

    /// From now on another server may take the folder. Doing it twice is harmless.
    func release() {
        descriptor.withLock { held in
            if let held { close(held) }
            held = nil
        }
    }

    deinit { release() }
}
