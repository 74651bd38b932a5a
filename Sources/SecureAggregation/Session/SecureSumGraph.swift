internal import ConsiliumCore
internal import Foundation

/// Who shares masks, and shares of secrets, with whom.
///
/// All with all, up to ``SecureSumParameters/completeUpTo`` clinics. Above, each with its 32 next on either side of a ring
/// whose order is drawn from the session's id: connected and regular whatever the draw is (a Harary graph, Bell et al. 2020
/// §3.2). The coordinator can draw again only by failing an attempt.
struct SecureSumGraph: Sendable {
    /// In the order of ids.
    let ids: [String]
    private let indexes: [String: Int]
    private let neighborIndexes: [[Int]]
    /// The neighbors and the clinic itself.
    private let holderIndexes: [[Int]]

    init(_ session: SecureSumSession) {
        let ids = session.roster.ids
        self.ids = ids
        indexes = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        if session.parameters.neighbors >= ids.count - 1 {
            neighborIndexes = ids.indices.map { index in ids.indices.filter { $0 != index } }
            holderIndexes = Array(repeating: Array(ids.indices), count: ids.count)
            return
        }
        let ring = Self.ring(ids, session: session.id)
        var found = [[Int]](repeating: [], count: ids.count)
        for (place, index) in ring.enumerated() {
            for step in 1...session.parameters.neighbors / 2 {
                found[index].append(ring[(place + step) % ring.count])
                found[index].append(ring[(place - step + ring.count) % ring.count])
            }
        }
        neighborIndexes = found.map { $0.sorted() }
        holderIndexes = found.enumerated().map { ($1 + [$0]).sorted() }
    }

    /// The indexes in the order of SHA-256("graph\n" session "\n" id).
    private static func ring(_ ids: [String], session: ContentHash) -> [Int] {
        let keys = ids.map { ContentHash(of: Data("graph\n\(session)\n\($0)\n".utf8)) }
        return ids.indices.sorted { keys[$0] < keys[$1] }
    }

    func index(of id: String) -> Int? { indexes[id] }

    /// In the order of ids, without the clinic itself.
    func neighbors(of id: String) -> [String] {
        indexes[id].map { neighborIndexes[$0].map { ids[$0] } } ?? []
    }

    /// Who holds shares of a clinic's secrets: its neighbors and itself, in the order of ids.
    func holders(of id: String) -> [String] { indexes[id].map { holderIndexes[$0].map { ids[$0] } } ?? [] }

    /// Where on the sharing polynomial of `owner` the share of `holder` lies: its place among the holders, from 1. In a
    /// complete graph that is the place in the roster.
    func point(of holder: String, for owner: String) -> Int? {
        guard let owner = indexes[owner], let holder = indexes[holder] else { return nil }
        return holderIndexes[owner].firstIndex(of: holder).map { $0 + 1 }
    }

    /// Whether `id` adds the mask that it shares with `other`; the other one subtracts it.
    func adds(_ id: String, maskSharedWith other: String) -> Bool { id > other }
}
