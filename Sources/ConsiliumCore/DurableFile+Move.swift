public import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

extension DurableFile {
    /// Renames a file whose content has been flushed, replacing the target, and makes the rename durable.
    /// - Throws: ``CoreError`` `.fileUnwritable`; both files are then as before.
    public static func move(_ source: URL, to target: URL) throws {
        try requireReplaceable(target)
        guard rename(source.path, target.path) == 0 else {
            throw CoreError(
                .fileUnwritable,
                "Can't rename \(source.path) to \(target.lastPathComponent): \(String(cString: strerror(errno))). "
                    + "Check this user's rights.")
        }
        try synchronizeFolder(target.deletingLastPathComponent())
    }
}
