public import ConsiliumCore
public import Federation
internal import Foundation
public import Identity
internal import Ledger

/// What a clinic leaves behind when it takes back its approval: the adapters that contain its updates, from this clinic's own
/// record and the coordinator's signed results that it has kept.
public struct Withdrawal: Codable, Sendable, Equatable {
    public struct Round: Codable, Sendable, Equatable {
        public enum Part: String, Codable, Sendable {
            /// This clinic's update is in the adapter.
            case included
            /// It is not, but the adapter was made from one that it is in.
            case builtOn = "built-on"
            /// An update was sent; how the round ended was not known here when the approval was withdrawn.
            case unknown
        }

        public var round: Int
        public var part: Part
        /// The adapter that the round made; `nil` where that is not known.
        public var adapter: ContentHash?
    }

    public var job: JobID
    public var clinic: ClinicID
    /// In their order; empty for a clinic that nothing of has left.
    public var rounds: [Round]
    /// Epsilon that stays spent for every patient of this clinic, over all jobs.
    public var epsilonSpent: Double

    public var adapters: [ContentHash] { rounds.compactMap(\.adapter) }

    init(
        job: JobID, clinic: ClinicID, results: [RoundResult], sent: Set<Int>, epsilonSpent: Double
    ) {
        self.job = job
        self.clinic = clinic
        self.epsilonSpent = epsilonSpent
        var rounds: [Round] = []
        for result in results.sorted(by: { $0.round < $1.round }) {
            if result.participants.contains(where: { $0.clinic == clinic }) {
                rounds.append(Round(round: result.round, part: .included, adapter: result.adapter))
            } else if !rounds.isEmpty {
                rounds.append(Round(round: result.round, part: .builtOn, adapter: result.adapter))
            }
        }
        let known = Set(results.map(\.round))
        rounds += sent.subtracting(known).sorted().map { Round(round: $0, part: .unknown, adapter: nil) }
        self.rounds = rounds
    }

    public var text: String {
        guard !rounds.isEmpty else { return "No update of this clinic has left for it: no adapter is touched." }
        var lines = ["Adapters that this clinic has touched, which stay outside:"]
        for round in rounds {
            let adapter = round.adapter.map { "adapter \($0)" } ?? "adapter not known here yet"
            let part =
                switch round.part {
                case .included: "contains this clinic's update"
                case .builtOn: "made from one that does"
                case .unknown: "an update was sent; it may be in it"
                }
            lines.append("  round \(round.round): \(adapter): \(part)")
        }
        lines.append(
            String(format: "What was spent stays spent: epsilon %.3f for every patient, over all jobs.", epsilonSpent))
        lines.append("Ask the consortium not to use them if your clinic's patients ask for that.")
        return lines.joined(separator: "\n")
    }
}

extension JobDesk {
    /// What the clinic has touched with a job so far.
    public func withdrawal(of id: JobID) throws -> Withdrawal {
        let files = try JobFiles(services.home.jobFolder(id))
        var results: [RoundResult] = []
        for file in files.keptResults() {
            // Verified before it was kept.
            let document = try SignedDocument<RoundResult>(file: file)
            results.append(try CanonicalJSON.decode(RoundResult.self, from: document.payload))
        }
        let manifests = try services.gate.entries().filter { $0.job == id.rawValue && $0.kind == .updateManifest }
        var sent: Set<Int> = []
        for entry in manifests {
            let document = try CanonicalJSON.decode(
                SignedDocument<UpdateManifest>.self, from: services.gate.content(of: entry))
            // A message that no update will come is kept under the same kind.
            if let manifest = try? CanonicalJSON.decode(UpdateManifest.self, from: document.payload) {
                sent.insert(manifest.round)
            }
        }
        return Withdrawal(
            job: id, clinic: services.site.clinic.id, results: results, sent: sent,
            epsilonSpent: try services.budget().charged)
    }

    /// Takes an approval back and says what the clinic leaves behind. Works offline.
    ///
    /// - Throws: ``NodeError`` `.jobNotApproved` for a job that is not approved.
    public func withdraw(_ id: JobID, officer: String) async throws -> Withdrawal {
        guard try services.store.job(id).decision == .approved else {
            throw NodeError(
                .jobNotApproved, "The job “\(id)” is not approved here; there is nothing to withdraw. See “jobs list”.")
        }
        _ = try await deny(id, officer: officer)
        return try withdrawal(of: id)
    }
}
