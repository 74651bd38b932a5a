internal import ConsiliumCore
internal import Crypto
internal import Foundation

/// Reads private key files, and refuses those that other users can read.
enum KeyFile {
    static func readTLS(_ url: URL) throws -> P256.Signing.PrivateKey { try TLSKey(pem: read(url)).key }

    static func read(_ url: URL) throws -> String {
        let data = try DurableFile.read(url, limit: CertificateCoding.maximumLength)
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
        if let permissions = attributes?[.posixPermissions] as? Int, permissions & 0o077 != 0 {
            throw IdentityError(
                .exposedKeyFile,
                "Other users can read the key \(url.path). Run “chmod 600” on it, and replace the key if they did.")
        }
        return String(decoding: data, as: UTF8.self)
    }
}
