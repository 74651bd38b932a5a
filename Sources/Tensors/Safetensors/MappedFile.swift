internal import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A regular file mapped read-only; the pages are shared between processes that map the same file.
///
/// What it does not guarantee: if another process truncates the file meanwhile, reading it ends this process (SIGBUS).
final class MappedFile: @unchecked Sendable {
    let bytes: UnsafeRawBufferPointer

    init(_ url: URL) throws {
        // Without O_NONBLOCK a named pipe would be waited for.
        let descriptor = open(url.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw TensorsError(.fileUnreadable, "Can't open \(url.path): \(String(cString: strerror(errno))).")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw TensorsError(.fileUnreadable, "\(url.path) is not a regular file.")
        }
        let size = Int(status.st_size)
        guard size > 0 else {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED else {
            throw TensorsError(
                .fileUnreadable, "Can't map \(url.path) into memory: \(String(cString: strerror(errno))).")
        }
        bytes = UnsafeRawBufferPointer(start: base, count: size)
    }

    /// Lets the system drop the whole pages in `part`, so that reading a large file once does not count as memory in use.
    func release(_ part: UnsafeRawBufferPointer) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        guard page > 0, let base = bytes.baseAddress, let start = part.baseAddress else { return }
        let first = (start - base + page - 1) / page * page
        let last = (start - base + part.count) / page * page
        if first < last { madvise(UnsafeMutableRawPointer(mutating: base + first), last - first, MADV_DONTNEED) }
    }

    deinit {
        if let base = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: base), bytes.count) }
    }
}
