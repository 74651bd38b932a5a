public import Foundation

/// A file that an import would read.
public struct FoundFile: Sendable, Hashable {
    public let url: URL
    /// The path below ``root``.
    public let name: String
    /// The folder that was named, or the folder of a single file.
    public let root: String
    /// Bytes.
    public let size: Int
    public let modified: Date

    init(url: URL, name: String, root: String, _ attributes: [FileAttributeKey: Any]) {
        self.url = url
        self.name = name
        self.root = root
        size = attributes[.size] as? Int ?? 0
        modified = attributes[.modificationDate] as? Date ?? .distantPast
    }
}
