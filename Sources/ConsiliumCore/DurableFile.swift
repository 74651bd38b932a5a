public import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Files that survive a crash: either the old content or the whole new one, never half of it.
public enum DurableFile {
    /// Writes beside the target, fsyncs, renames over it and fsyncs the folder.
    ///
    /// - Parameter permissions: `0o600` by default, because most of what a node writes concerns its clinic alone.
    /// - Throws: ``CoreError`` `.diskFull` or `.fileUnwritable`. The old content is then still in place.
    public static func write(_ data: Data, to url: URL, permissions: mode_t = 0o600) throws {
        try requireReplaceable(url)
        let temporary = url.deletingLastPathComponent().appendingPathComponent(
            ".\(url.lastPathComponent).\(UInt32.random(in: 0 ... .max)).part")
        let descriptor = open(temporary.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions)
        guard descriptor >= 0 else { throw failure("create", temporary, errno) }
        do {
            try writeAll(data, to: descriptor, path: temporary)
            guard fsync(descriptor) == 0 else { throw failure("flush", temporary, errno) }
        } catch {
            close(descriptor)
            unlink(temporary.path)
            throw error
        }
        close(descriptor)
        guard rename(temporary.path, url.path) == 0 else {
            let code = errno
            unlink(temporary.path)
            throw failure("replace", url, code)
        }
        try synchronizeFolder(url.deletingLastPathComponent())
    }

    /// A rename would replace a device such as `/dev/null` by a file, for everybody on the machine; so it would the link
    /// `/dev/stdout`, even where that leads to a file.
    static func requireReplaceable(_ url: URL) throws {
        var status = stat()
        guard stat(url.path, &status) == 0 else { return }
        let kind = status.st_mode & S_IFMT
        let folder = url.deletingLastPathComponent().resolvingSymlinksInPath().path
        guard kind == S_IFREG || kind == S_IFDIR, folder != "/dev", !folder.hasPrefix("/proc/") else {
            throw CoreError(.fileUnwritable, "\(url.path) is a device and no file. Name a file.")
        }
    }

    /// Makes a rename or a creation in `folder` durable.
    public static func synchronizeFolder(_ folder: URL) throws {
        let descriptor = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", folder, errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("flush", folder, errno) }
    }

    /// Creates the folder and its parents; an existing one is kept, its permissions too.
    public static func createFolder(_ url: URL, permissions: Int = 0o700) throws {
        do {
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: permissions])
        } catch {
            throw CoreError(
                .fileUnwritable, "Can't create the folder \(url.path). Check the path and this user's rights.",
                cause: error)
        }
    }

    /// - Parameter limit: refuse larger files, so that a wrong path never fills the memory.
    public static func read(_ url: URL, limit: Int = 1 << 30) throws -> Data {
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
            if let size = attributes[.size] as? Int, size > limit {
                throw CoreError(.fileUnreadable, "\(url.path) has \(size) bytes; at most \(limit) are read here.")
            }
            return try Data(contentsOf: url)
        } catch let error as CoreError {
            throw error
        } catch {
            throw CoreError(
                .fileUnreadable, "Can't read \(url.path). Check that it exists and that this user may read it.")
        }
    }

    private static func writeAll(_ data: Data, to descriptor: Int32, path: URL) throws {
        try data.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                guard let base = buffer.baseAddress else { return }
                let written = posixWrite(descriptor, base + offset, buffer.count - offset)
                if written < 0 {
                    if errno == EINTR { continue }
                    throw failure("write", path, errno)
                }
                offset += written
            }
        }
    }

    static func failure(_ verb: String, _ url: URL, _ code: Int32) -> CoreError {
        if code == ENOSPC || code == EDQUOT {
            return CoreError(
                .diskFull,
                "The disk is full: can't \(verb) \(url.path). Free some space and run the same command again.")
        }
        let reason = String(cString: strerror(code))
        return CoreError(
            .fileUnwritable, "Can't \(verb) \(url.path): \(reason). Check the path and this user's rights.")
    }
}

// Inside `DurableFile` the name `write` means its own method.
private func posixWrite(_ descriptor: Int32, _ base: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, base, count)
}
