internal import Foundation

/// Files that are never reports: keys, and what a node keeps in its folder. They are told by name and content, so that
/// importing a folder that holds them puts no secret into the vault.
enum OwnFiles {
    /// Why a file must not be read at all, by its name.
    static func refusal(name: String) -> (ImportRejection.Reason, String)? {
        let last = name.split(separator: "/").last.map { $0.lowercased() } ?? ""
        if last.hasSuffix(".key") || last.hasSuffix("-key.pem") { return key }
        if last == "node.yaml" || last.contains(".sqlite") {
            return (
                .nodeFile,
                "This is a file of a node or a database, not a report. Move the reports into a folder of their own."
            )
        }
        return nil
    }

    /// Why a file must not be imported, by its content.
    static func refusal(_ data: Data) -> (ImportRejection.Reason, String)? {
        let head = data.prefix(65_536)
        guard head.range(of: Data("-----BEGIN ".utf8)) != nil, head.range(of: Data("PRIVATE KEY-----".utf8)) != nil
        else { return nil }
        return key
    }

    private static let key: (ImportRejection.Reason, String) = (
        .keyMaterial, "This is a key, not a report. Keep keys out of the folders that are imported."
    )
}
