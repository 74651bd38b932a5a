import Identity
import Synchronization

/// The coordinator's keys and certificates, which may be renewed while it serves.
final class ServerIdentity: Sendable {
    private let current: Mutex<PeerCredentials>

    init(_ credentials: PeerCredentials) { current = Mutex(credentials) }

    var credentials: PeerCredentials { current.withLock { $0 } }

    func renew(_ credentials: PeerCredentials) { current.withLock { $0 = credentials } }
}
