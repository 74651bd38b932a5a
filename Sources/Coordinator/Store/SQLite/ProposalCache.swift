import ConsiliumCore
import Federation
import Identity
import Synchronization

/// The signed part of jobs, which never changes once it is stored, decoded once: every poll of every clinic asks for its job, and
/// a job of hundreds of clinics is long.
final class ProposalCache: Sendable {
    struct Proposal: Sendable {
        var document: SignedDocument<JobManifest>
        var manifest: JobManifest
        var hash: ContentHash
    }

    /// More jobs than are ever active at once; beyond that all are read again.
    private static let limit = 256

    private let known = Mutex<[JobID: Proposal]>([:])

    /// - Parameter read: from the store, where it is not known.
    func proposal(of id: JobID, _ read: () throws -> Proposal) rethrows -> Proposal {
        if let proposal = known.withLock({ $0[id] }) { return proposal }
        let proposal = try read()
        known.withLock { known in
            if known.count >= Self.limit { known = [:] }
            known[id] = proposal
        }
        return proposal
    }
}
