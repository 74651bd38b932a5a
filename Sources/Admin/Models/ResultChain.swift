public import ConsiliumCore
public import Federation
public import Foundation
public import Identity

/// The history of a job's adapter: every round's result, signed by the coordinator, each starting where the one before ended.
public struct ResultChain: Sendable {
    /// In the order of rounds, from 1.
    public let results: [RoundResult]
    /// What the last round produced.
    public let adapter: ContentHash

    /// - Parameters:
    ///   - documents: rounds 1, 2, … without a gap.
    ///   - jobHash: of the signed manifest bytes.
    ///   - roster: the coordinator must be the one that it lists.
    /// - Throws: ``AdminError`` `.recordsDisagree`, naming the round; ``IdentityError`` for a wrong signature.
    public static func verify(
        _ documents: [SignedDocument<RoundResult>], manifest: JobManifest, jobHash: ContentHash, roster: Roster,
        authority: AuthorityCertificate, at date: Date
    ) async throws -> ResultChain {
        var results: [RoundResult] = []
        var adapter = manifest.initialAdapter.hash
        for (index, document) in documents.enumerated() {
            let round = index + 1
            let verified = try await document.verified(
                kind: .roundResult, authority: authority, asOf: \.closedAt, now: date,
                requiredRole: \.isCoordinator)
            try roster.require(verified.signer)
            let result = verified.payload
            func need(_ condition: Bool, _ reason: String) throws {
                guard condition else {
                    throw AdminError(
                        .recordsDisagree,
                        "Round \(round) of “\(manifest.id)”: \(reason) Don't use this adapter; ask the coordinator's operator."
                    )
                }
            }
            try need(result.job == manifest.id && result.jobHash == jobHash, "the result belongs to another job.")
            try need(result.round == round, "the result is that of round \(result.round).")
            try need(
                result.previousAdapter == adapter,
                "it starts from the adapter \(result.previousAdapter.short)…, but \(adapter.short)… came before.")
            let participants = result.participants.map(\.clinic)
            try need(
                Set(participants).count == participants.count && participants.allSatisfy(manifest.clinics.contains),
                "it lists a participant twice, or one that is not in the job.")
            try need(
                participants.count >= manifest.aggregation.minimumClinics,
                "\(participants.count) clinics took part; the job asks for \(manifest.aggregation.minimumClinics).")
            adapter = result.adapter
            results.append(result)
        }
        return ResultChain(results: results, adapter: adapter)
    }
}
