internal import ConsiliumCore
internal import Foundation

/// What opens a sum: the masks that are left in it, restored from shares and checked against what their owners committed to.
public struct SecureSumOpening: Sendable {
    /// Whose updates are in the sum, in the order of ids.
    public let survivors: [String]
    /// Apply these to the sum of the masked updates.
    public let remaining: SecureSumMasks
    /// Clinics whose revealed shares do not fit the others'. The sum is right all the same.
    public let suspects: [String]

    /// - Throws: ``SecureAggregationError`` `.badShare`, naming the clinic whose secret can't be restored.
    init(_ coordinator: SecureSumCoordinator) throws {
        let session = coordinator.session
        let graph = coordinator.graph
        let id = coordinator.id.bytes
        var seeds: [String: [(holder: String, point: Int, share: Data)]] = [:]
        var keys = seeds
        for (holder, reveal) in coordinator.reveals.sorted(by: { $0.key < $1.key }) {
            for share in reveal.seeds {
                guard let point = graph.point(of: holder, for: share.owner) else { continue }
                seeds[share.owner, default: []].append((holder, point, share.share))
            }
            for share in reveal.keys {
                guard let point = graph.point(of: holder, for: share.owner) else { continue }
                keys[share.owner, default: []].append((holder, point, share.share))
            }
        }
        var terms: [SecureSumMasks.Term] = []
        var suspects = Set<String>()
        let threshold = session.parameters.shareThreshold
        let survivors = Set(coordinator.survivors)
        for owner in coordinator.members(of: .masked) {
            guard let committed = coordinator.keys[owner] else { continue }
            if survivors.contains(owner) {
                let seed = try Self.restore(
                    seeds[owner] ?? [], threshold: threshold, owner: owner, suspects: &suspects
                ) { ContentHash(of: $0) == committed.seedHash }
                terms.append(.init(key: MaskKeys.own(seed, session: id), isAdded: false))
                continue
            }
            let key = try Self.restore(
                keys[owner] ?? [], threshold: threshold, owner: owner, suspects: &suspects
            ) { (try? MaskKeys.publicKey(of: $0)) == committed.maskingKey }
            for other in graph.neighbors(of: owner) where survivors.contains(other) {
                guard let keys = coordinator.keys[other] else { continue }
                terms.append(
                    .init(
                        key: try MaskKeys.pair(key, with: keys.maskingKey, session: id),
                        isAdded: !graph.adds(other, maskSharedWith: owner)))
            }
        }
        self.survivors = coordinator.survivors
        self.suspects = suspects.sorted()
        remaining = SecureSumMasks(terms)
    }

    /// The secret behind shares of which some may be false: each run of `threshold` neighboring ones is tried until one gives
    /// what the owner committed to. One false share spoils at most `threshold` of the runs.
    private static func restore(
        _ shares: [(holder: String, point: Int, share: Data)], threshold: Int, owner: String,
        suspects: inout Set<String>, isRight: (Data) -> Bool
    ) throws -> Data {
        guard shares.count >= threshold else {
            throw SecureAggregationError(.tooFew, "\(shares.count) shares can't restore the secret of \(owner).")
        }
        for start in shares.indices {
            let run = (0..<threshold).map { shares[(start + $0) % shares.count] }.map {
                (point: $0.point, share: $0.share)
            }
            let secret = try SecretSharing.combine(run)
            guard isRight(secret) else { continue }
            if start > 0 {
                for other in shares {
                    guard let place = UInt8(exactly: other.point) else { continue }
                    if try SecretSharing.interpolate(run, at: place) != other.share { suspects.insert(other.holder) }
                }
            }
            return secret
        }
        throw SecureAggregationError(
            .badShare,
            "The shares of \(owner)'s secret do not give what it committed to: \(owner) dealt false shares, or several "
                + "clinics revealed false ones.")
    }
}
