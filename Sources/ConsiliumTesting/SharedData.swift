public import Foundation

/// The customer's data folder beside the checkout. A clone without it builds and passes its tests; those that need it skip.
public enum SharedData {
    public static let packageRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent()

    /// `../shared` of the package root, or what `CONSILIUM_SHARED` names.
    public static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["CONSILIUM_SHARED"].map { URL(fileURLWithPath: $0) }
        let url = named ?? packageRoot.deletingLastPathComponent().appendingPathComponent("shared")
        return FileManager.default.fileExists(atPath: url.appendingPathComponent("data").path) ? url : nil
    }()

    public static var isPresent: Bool { folder != nil }

    /// - Returns: the URL of `path` below the folder, or `nil` when the folder or the file is absent.
    public static func file(_ path: String) -> URL? {
        guard let url = folder?.appendingPathComponent(path), FileManager.default.fileExists(atPath: url.path) else {
            return nil
        }
        return url
    }
}
