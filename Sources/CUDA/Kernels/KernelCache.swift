internal import ConsiliumCore
public import Foundation

/// Compiled kernels on disk, so that only the first start on a machine compiles. An entry is named by the hash of all that
/// determines it: sources, options, kind of GPU; and by the compiler's version. It begins with the hash of its own content:
/// what was damaged is compiled again.
public struct KernelCache: Sendable {
    public let folder: URL

    public init(folder: URL) { self.folder = folder }

    /// `consilium/cuda` in the user's folder for caches.
    public static var standard: KernelCache {
        let environment = ProcessInfo.processInfo.environment
        let base =
            environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? environment["CACHE_DIRECTORY"]?.split(separator: ":").first.map(String.init)
            ?? "\(environment["HOME"] ?? NSTemporaryDirectory())/.cache"
        return KernelCache(folder: URL(fileURLWithPath: base).appendingPathComponent("consilium/cuda"))
    }

    private static let hashBytes = 32

    static func key(_ source: KernelSource, architecture: String) -> String {
        let hasher = ContentHasher()
        // Lengths first: no two lists of texts may look the same.
        for text in KernelSource.headers.flatMap({ [$0.name, $0.text] }) + [source.file, source.text]
            + source.options(architecture: architecture)
        {
            hasher.update(Data("\(text.utf8.count) ".utf8))
            hasher.update(Data(text.utf8))
        }
        return String(hasher.finalize().hex.prefix(32)) + "-\(architecture)"
    }

    func file(_ key: String, version: (major: Int32, minor: Int32)) -> URL {
        folder.appendingPathComponent("\(key)-nvrtc\(version.major).\(version.minor).cubin")
    }

    /// The machine code, or `nil` where there is none or it is damaged.
    func load(_ key: String, version: (major: Int32, minor: Int32)) -> [UInt8]? { load(file(key, version: version)) }

    /// The same of any compiler whose generation the driver can run.
    func load(_ key: String, upTo major: Int32) -> [UInt8]? {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted().reversed()
        for name in names where name.hasPrefix("\(key)-nvrtc") {
            guard let version = Int32(name.dropFirst("\(key)-nvrtc".count).prefix { $0.isNumber }), version <= major,
                let code = load(folder.appendingPathComponent(name))
            else { continue }
            return code
        }
        return nil
    }

    private func load(_ url: URL) -> [UInt8]? {
        guard let data = try? DurableFile.read(url, limit: 1 << 28), data.count > Self.hashBytes,
            ContentHash(of: data.dropFirst(Self.hashBytes)).bytes == data.prefix(Self.hashBytes)
        else { return nil }
        return Array(data.dropFirst(Self.hashBytes))
    }

    /// Keeps machine code. A folder that can't be written to is no fault: the next start compiles again.
    func store(_ code: [UInt8], _ key: String, version: (major: Int32, minor: Int32)) {
        let code = Data(code)
        try? DurableFile.createFolder(folder)
        try? DurableFile.write(ContentHash(of: code).bytes + code, to: file(key, version: version))
    }

    /// Whether every kernel for the device is here.
    func isComplete(for device: CUDADevice) -> Bool {
        !KernelSource.all.isEmpty
            && KernelSource.all.allSatisfy {
                load(Self.key($0, architecture: device.architecture), upTo: device.libraries.driverVersion / 1000)
                    != nil
            }
    }
}
