internal import COpenSSL
public import ConsiliumCore
internal import Deidentification
public import Foundation

/// The 32 bytes that open a vault. It lies in a file of its own, apart from the database, and is never printed.
///
/// Sealing, pseudonyms and the split each use a key derived from it (HMAC-SHA256 with a label), so that none of them says
/// anything about another.
public struct VaultKey: Sendable {
    private let master: Data

    init(master: Data) { self.master = master }

    /// Makes a new key and writes it as 64 hexadecimal digits, readable by this user alone.
    /// - Throws: ``ReportsError`` `.badKey` if the file exists already: a key that is overwritten is a vault that is lost.
    public static func create(at url: URL, random: any SecureRandom = SystemRandom()) throws -> VaultKey {
        guard !FileManager.default.fileExists(atPath: url.path) else {
            throw ReportsError(
                .badKey,
                "\(url.path) exists already. Overwriting a vault key would make its vault unreadable; choose another path."
            )
        }
        let master = try random.bytes(32)
        try DurableFile.write(Data((master.hexadecimal + "\n").utf8), to: url, permissions: 0o600)
        return VaultKey(master: master)
    }

    /// - Throws: ``ReportsError`` `.badKey` if the file is no key or other users may read it.
    public static func load(from url: URL) throws -> VaultKey {
        let data = try DurableFile.read(url, limit: 4096)
        let permissions = (try? FileManager.default.attributesOfItem(atPath: url.path))?[.posixPermissions] as? Int
        if let permissions, permissions & 0o077 != 0 {
            throw ReportsError(.badKey, "Other users may read the vault key \(url.path). Run: chmod 600 \(url.path)")
        }
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let master = Data(hexadecimal: text), master.count == 32 else {
            throw ReportsError(
                .badKey,
                "\(url.path) is not a vault key: it must hold 64 hexadecimal digits. Restore it from the backup.")
        }
        return VaultKey(master: master)
    }

    var sealing: Data { derived("seal") }
    var receipts: Data { derived("receipt") }

    /// The key under which a node seals the state of rounds that are under way, outside of the vault.
    public var roundState: Data { derived("round-state") }

    /// The key of ``PatientSplit``: the same vault always splits the same way, and nobody without the key can tell how.
    public var splitting: Data { derived("split") }

    /// Who a report is about, without saying who: HMAC-SHA256 of the patient key.
    public func pseudonym(ofPatientKey key: String) -> PatientPseudonym? {
        guard let key = Report.normalizedKey(key) else { return nil }
        return PatientPseudonym(hex: MessageAuthentication.code(Data(key.utf8), key: derived("patient")).hexadecimal)
    }

    /// Names the place of a report without giving away the file's name, which may hold a patient's.
    func tag(ofPlace place: String) -> Data { MessageAuthentication.code(Data(place.utf8), key: derived("place")) }

    /// Tells equal values apart from others without showing them.
    func tag(ofIdentifier identifier: KnownIdentifier) -> Data {
        let value = identifier.value.trimmingCharacters(in: .whitespacesAndNewlines)
        return MessageAuthentication.code(
            Data("\(identifier.label.rawValue)\u{0}\(value)".utf8), key: derived("identifier"))
    }

    private func derived(_ use: String) -> Data {
        MessageAuthentication.code(Data("consilium/vault/\(use)/v1".utf8), key: master)
    }
}

/// HMAC-SHA256 (RFC 2104) by OpenSSL.
enum MessageAuthentication {
    static func code(_ data: Data, key: Data) -> Data {
        var code = [UInt8](repeating: 0, count: 32)
        var length = 0
        key.withUnsafeBytes { key in
            data.withUnsafeBytes { data in
                _ = EVP_Q_mac(
                    nil, "HMAC", nil, "SHA256", nil, key.baseAddress, key.count,
                    data.bindMemory(to: UInt8.self).baseAddress, data.count, &code, code.count, &length)
            }
        }
        return Data(code.prefix(length))
    }
}
