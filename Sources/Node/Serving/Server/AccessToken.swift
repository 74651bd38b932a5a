public import ConsiliumCore
public import Foundation

/// The secret that signs clients in. It lies in a file that only this user may read.
public struct AccessToken: Sendable {
    /// For the one time that it is printed.
    public let text: String
    private let hash: ContentHash

    init(_ text: String) {
        self.text = text
        hash = ContentHash(of: Data(text.utf8))
    }

    /// Reads the token, or makes one where there is none.
    /// - Returns: whether it was made just now.
    /// - Throws: ``NodeError`` `.badInput` for a file that other users may read or that is no token; errors of the
    ///   disk.
    public static func loadOrCreate(
        at file: URL, random: any SecureRandom = SystemRandom()
    ) throws -> (token: AccessToken, isNew: Bool) {
        if FileManager.default.fileExists(atPath: file.path) {
            let permissions = try? FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
            guard let permissions, permissions & 0o077 == 0 else {
                throw NodeError(.badInput, "Other users may read the token \(file.path). Run: chmod 600 \(file.path)")
            }
            let text = String(decoding: try DurableFile.read(file, limit: 4096), as: UTF8.self)
                .trimmingCharacters(in: .whitespacesAndNewlines)
            guard text.utf8.count >= 20, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else {
                throw NodeError(
                    .badInput,
                    "\(file.path) holds no token: at least 20 characters without blanks. Delete it to get another one.")
            }
            return (AccessToken(text), false)
        }
        let text = "sk-consilium-" + (try random.bytes(24).base64URL)
        try DurableFile.createFolder(file.deletingLastPathComponent())
        try DurableFile.write(Data((text + "\n").utf8), to: file, permissions: 0o600)
        return (AccessToken(text), true)
    }

    /// Compares hashes, so that the time it takes says nothing about the token.
    func matches(_ candidate: some StringProtocol) -> Bool { ContentHash(of: Data(candidate.utf8)) == hash }
}
