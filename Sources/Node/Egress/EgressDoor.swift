internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Identity
internal import Synchronization

/// What the network client asks before each request that carries a body: whether these very bytes passed the ``EgressGate``.
///
/// The gate is asked where messages are made; this is asked where they leave. A message that somebody forgot to release, or
/// that was changed after its release, does not go out.
final class EgressDoor: Sendable {
    private let gate: EgressGate
    /// Chunks of updates whose manifests have passed.
    private let chunks = Mutex<Set<ContentHash>>([])

    init(_ gate: EgressGate) { self.gate = gate }

    /// - Parameters:
    ///   - path: where to, for the message.
    ///   - hash: of the body.
    /// - Throws: ``NodeError`` `.egressRefused`.
    func require(_ path: String, _ hash: ContentHash) throws {
        if chunks.withLock({ $0.contains(hash) }) { return }
        if try gate.hasReleased(hash) { return }
        let released = try gate.releasedChunks()
        chunks.withLock { $0 = released }
        guard released.contains(hash) else {
            throw NodeError(
                .egressRefused,
                "Something was about to leave to \(path) that is not in the record of what leaves. Nothing was sent; report this."
            )
        }
    }
}
