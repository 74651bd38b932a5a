internal import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// One writer at a time: an advisory lock on a file beside the ledger, released by the system when the process dies.
final class LedgerLock: Sendable {
    private let descriptor: Int32

    init(for ledger: URL) throws {
        let path = ledger.path + ".lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw LedgerError(
                .writeFailed,
                "Can't create the lock file \(path): \(String(cString: strerror(errno))). Check this user's rights.")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw LedgerError(
                .locked,
                "The ledger \(ledger.path) is open in another process. Stop the other consilium-node of this "
                    + "clinic and try again."
            )
        }
    }

    deinit { close(descriptor) }
}
