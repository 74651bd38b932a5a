internal import ConsiliumCore
public import Foundation
internal import Identity

/// The admin's own copy of all token records, one file each.
///
/// Enrolments are checked against these and not against the coordinator's: a coordinator that exchanges a clinic's keys for
/// its own would need a token's secret, which it never had.
public struct TokenRegister: Sendable {
    public let folder: URL

    public init(folder: URL) { self.folder = folder }

    public func save(_ token: StoredToken) throws {
        guard let file = file(token.record.id) else { return }
        try DurableFile.write(CanonicalJSON.encodePretty(token), to: file)
    }

    public func remove(id: String) {
        if let file = file(id) { try? FileManager.default.removeItem(at: file) }
    }

    /// - Parameter id: as a request claims it; anything that is no token id is simply unknown.
    public func token(id: String) throws -> StoredToken? {
        guard let file = file(id), FileManager.default.fileExists(atPath: file.path) else { return nil }
        return try CanonicalJSON.decode(StoredToken.self, from: DurableFile.read(file, limit: 1 << 20))
    }

    /// All records, used or not.
    public func all() throws -> [StoredToken] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return try names.sorted().compactMap { name in
            name.hasSuffix(".json") ? try token(id: String(name.dropLast(5))) : nil
        }
    }

    private func file(_ id: String) -> URL? {
        guard id.utf8.count == 16, Data(hexadecimal: id) != nil else { return nil }
        return folder.appendingPathComponent("\(id.lowercased()).json")
    }
}
