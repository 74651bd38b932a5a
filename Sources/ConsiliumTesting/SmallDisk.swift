public import Foundation

/// A file system of a few pages in memory.
public final class SmallDisk: Sendable {
    /// Whether this process may mount one; tried once.
    public static let isPossible: Bool = {
        guard let folder = try? TemporaryFolder() else { return false }
        guard let disk = try? SmallDisk(at: folder.path("probe"), kilobytes: 64) else { return false }
        disk.unmount()
        return true
    }()

    public let url: URL

    public init(at url: URL, kilobytes: Int) throws {
        self.url = url
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        guard Self.run("mount", "-t", "tmpfs", "-o", "size=\(kilobytes)k,mode=0700", "tmpfs", url.path) == 0 else {
            throw CocoaError(.fileWriteNoPermission)
        }
    }

    public func unmount() { _ = Self.run("umount", "--lazy", url.path) }

    private var filler: URL { url.appendingPathComponent("filler") }

    /// Leaves so many kilobytes free, a multiple of four.
    public func fill(leaving kilobytes: Int) throws {
        try Data().write(to: filler)
        let handle = try FileHandle(forWritingTo: filler)
        defer { try? handle.close() }
        var pages = 0
        while (try? handle.write(contentsOf: Data(count: 4096))) != nil { pages += 1 }
        try handle.truncate(atOffset: UInt64(max(0, pages - kilobytes / 4) * 4096))
    }

    public func free() throws { try FileManager.default.removeItem(at: filler) }

    private static func run(_ arguments: String...) -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return -1 }
        process.waitUntilExit()
        return process.terminationStatus
    }
}
