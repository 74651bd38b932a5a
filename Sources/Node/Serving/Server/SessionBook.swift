internal import ConsiliumCore
internal import Foundation

/// Who signed in on the page: random names of sessions, in memory only.
struct SessionBook: Sendable {
    /// In seconds without a request.
    static let lifetime = 12 * 3600.0
    static let most = 256
    static let cookie = "consilium_session"

    /// By the hash of the name: whoever reads the memory's dump has no cookie.
    private var sessions: [ContentHash: Double] = [:]

    /// - Returns: the name of a fresh session.
    mutating func open(at time: Double, random: any SecureRandom) throws -> String {
        sessions = sessions.filter { time - $0.value < Self.lifetime }
        if sessions.count >= Self.most, let oldest = sessions.min(by: { $0.value < $1.value }) {
            sessions[oldest.key] = nil
        }
        let name = try random.bytes(24).base64URL
        sessions[ContentHash(of: Data(name.utf8))] = time
        return name
    }

    /// Whether the session is open; it stays so for another ``lifetime``.
    mutating func isOpen(_ name: String, at time: Double) -> Bool {
        let key = ContentHash(of: Data(name.utf8))
        guard let last = sessions[key], time - last < Self.lifetime else {
            sessions[key] = nil
            return false
        }
        sessions[key] = time
        return true
    }

    mutating func close(_ name: String) { sessions[ContentHash(of: Data(name.utf8))] = nil }

    /// The session that a `Cookie` header names.
    static func name(in header: String?) -> String? {
        header?.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            .first { $0.hasPrefix("\(cookie)=") }.map { String($0.dropFirst(cookie.count + 1)) }
    }
}
