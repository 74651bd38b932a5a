internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Identity
internal import SecureAggregation
internal import Transport

/// Follows a job's adapters from the first one, which the admin signed, through the coordinator's signed results.
///
/// A coordinator that swaps an adapter, forks the chain, replays an old one, or claims an update that this clinic did not send
/// is noticed here, before anything is trained.
actor AdapterChain {
    private let job: JobManifest
    private let jobHash: ContentHash
    private let clinic: ClinicID
    private let client: CoordinatorClient
    private let authority: AuthorityCertificate
    private let gate: EgressGate
    private let store: NodeStore
    private let files: JobFiles
    /// As this clinic knows it now.
    private let roster: @Sendable () async throws -> Roster
    private let now: @Sendable () -> Date
    private var verified: [ContentHash]
    /// Rounds whose average contains this clinic's update.
    private var accepted: Set<Int> = []

    init(
        job: JobManifest, jobHash: ContentHash, clinic: ClinicID, client: CoordinatorClient,
        authority: AuthorityCertificate,
        store: NodeStore, gate: EgressGate, files: JobFiles,
        roster: @escaping @Sendable () async throws -> Roster, now: @escaping @Sendable () -> Date
    ) {
        self.job = job
        self.jobHash = jobHash
        self.clinic = clinic
        self.client = client
        self.authority = authority
        self.store = store
        self.gate = gate
        self.files = files
        self.roster = roster
        self.now = now
        verified = [job.initialAdapter.hash]
    }

    /// Checks that `adapter` is what came out of `rounds` closed rounds of this job.
    /// - Throws: ``NodeError`` `.resultInvalid` or `.adapterMismatch`; ``IdentityError`` for a wrong signature.
    func require(_ adapter: ContentHash, afterRounds rounds: Int) async throws {
        guard (0...job.rounds).contains(rounds) else {
            throw NodeError(.resultInvalid, "The coordinator speaks of round \(rounds + 1); the job has \(job.rounds).")
        }
        while verified.count <= rounds { try await verifyNext() }
        guard verified[rounds] == adapter else {
            throw NodeError(
                .adapterMismatch,
                "The coordinator offers another adapter (\(adapter.short)…) than its own signed results say (\(verified[rounds].short)…). "
                    + "Nothing was trained; tell the consortium's admin.")
        }
    }

    private func verifyNext() async throws {
        let round = verified.count
        let document = try await client.result(of: job.id, round: round)
        let checked = try await document.verified(
            kind: .roundResult, authority: authority, asOf: \.closedAt, now: now()
        ) { $0.isCoordinator }
        // What was accepted once stays accepted when the coordinator was replaced since; anything else must be of the one on
        // the roster.
        if try !Self.isKept(document, of: round, in: files) { try await roster().require(checked.signer) }
        let result = checked.payload
        guard result.job == job.id, result.jobHash == jobHash, result.round == round else {
            throw NodeError(.resultInvalid, "The signed result for round \(round) belongs to another job or round.")
        }
        guard result.previousAdapter == verified[round - 1] else {
            throw NodeError(
                .resultInvalid,
                "The signed result of round \(round) does not start where round \(round - 1) ended. The chain is broken."
            )
        }
        if let mine = result.participants.first(where: { $0.clinic == clinic }) {
            guard try isOurs(mine.updateRoot, round: round) else {
                throw NodeError(
                    .resultInvalid,
                    "The signed result of round \(round) contains an update in this clinic's name that this node did not send."
                )
            }
            try requireSigned(result, round: round)
            accepted.insert(round)
        }
        try Self.keep(document, of: round, in: files)
        verified.append(result.adapter)
    }

    /// Where updates are masked: the sum that was opened must be the one over those whom this clinic has signed for.
    private func requireSigned(_ result: RoundResult, round: Int) throws {
        guard job.aggregation.secureAggregation == .on else { return }
        let sum = try store.sum(of: job.id, round: round)
        // A clinic whose signature came too late is in the sum without it.
        guard let statement = sum?.transcript else { return }
        guard result.secureSum?.statement == statement else {
            throw NodeError(
                .resultInvalid,
                "The signed result of round \(round) is of another sum than this clinic helped to open. Nothing is done with it; "
                    + "tell the consortium's admin.")
        }
    }

    /// Whether this very result was verified and kept before.
    static func isKept(_ document: SignedDocument<RoundResult>, of round: Int, in files: JobFiles) throws -> Bool {
        let file = files.result(round: round)
        guard FileManager.default.fileExists(atPath: file.path) else { return false }
        return try SignedDocument<RoundResult>(file: file).payloadHash == document.payloadHash
    }

    /// Keeps a verified result for good. One that was kept before must be the same: a coordinator that shows two histories, to one
    /// clinic at two times, is found here; one that shows them to two clinics, by whoever compares their folders.
    ///
    /// - Throws: ``NodeError`` `.resultInvalid` if another result was kept; a `CoreError` of the disk.
    static func keep(_ document: SignedDocument<RoundResult>, of round: Int, in files: JobFiles) throws {
        let file = files.result(round: round)
        guard FileManager.default.fileExists(atPath: file.path) else { return try document.write(to: file) }
        guard try SignedDocument<RoundResult>(file: file).payloadHash == document.payloadHash else {
            throw NodeError(
                .resultInvalid,
                "The coordinator shows another result of round \(round) than before. Nothing was trained; tell the consortium's "
                    + "admin, and keep \(file.path).")
        }
    }

    /// Whether this clinic's update of a closed round is in its average. Ask after ``require(_:afterRounds:)``.
    func includesUs(_ round: Int) -> Bool { accepted.contains(round) }

    /// By the round's own record, or by the egress record where the node's state was lost.
    private func isOurs(_ root: ContentHash, round: Int) throws -> Bool {
        if let manifest = try store.round(round, of: job.id)?.manifest {
            return try CanonicalJSON.decode(UpdateManifest.self, from: manifest.payload).root == root
        }
        return try gate.entries().contains { $0.kind == .update && $0.hash == root }
    }
}
