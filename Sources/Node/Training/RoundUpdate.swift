internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Identity
internal import LanguageModels
internal import SecureAggregation
internal import Transport

/// What a clinic trains and sends in one round of a job: which factors, with which rank, and with which weight.
struct RoundUpdate: Sendable {
    let job: JobManifest
    let round: Int
    let clinic: ClinicID
    let shape: UpdateShape
    /// The adapter that the round starts from, with this clinic's rank.
    let start: AdapterFile

    /// - Parameter adapter: the whole adapter that the round starts from.
    /// - Throws: ``NodeError`` `.adapterMismatch` for an adapter with another layout than the job's, or one that has changed what
    ///   the job says is frozen.
    init(_ job: JobManifest, round: Int, clinic: ClinicID, from adapter: AdapterFile) throws {
        self.job = job
        self.round = round
        self.clinic = clinic
        guard adapter.layout.hash == job.initialAdapter.layoutHash else {
            throw NodeError(.adapterMismatch, "The adapter of round \(round) has another layout than the job says.")
        }
        if let frozen = job.initialAdapter.frozenHash, adapter.hash(of: .onlyA) != frozen {
            throw NodeError(
                .adapterMismatch,
                "The adapter of round \(round) has another A than the job froze. Nothing was trained; tell the consortium's admin."
            )
        }
        start = try adapter.truncated(toRank: job.aggregation.rank(of: clinic, in: job.recipe.rank))
        shape = try job.updateShape(inRound: round, of: clinic)
        guard UpdateShape(start.layout.part(job.aggregation.factors(inRound: round))) == shape else {
            throw NodeError(
                .adapterMismatch, "The job describes the update of round \(round) otherwise than its adapter gives it.")
        }
    }

    /// The adapter to train. One of a smaller rank has the same scale alpha / rank as the whole.
    func startingAdapter(_ configuration: LoRAConfiguration, for model: ModelConfiguration) throws -> LoRAAdapter {
        var configuration = configuration
        let rank = job.aggregation.rank(of: clinic, in: job.recipe.rank)
        configuration.alpha *= Double(rank) / Double(configuration.rank)
        configuration.rank = rank
        return try LoRAAdapter(configuration: configuration, for: model, parameters: start.values)
    }

    /// Whether the optimizer's moments of an earlier round fit: a decomposition leaves the factors in another basis.
    var keepsMoments: Bool { job.aggregation.rule != .stackSVD }

    func encoding() throws -> RingEncoding {
        try RingEncoding(job: job, round: round, clinic: clinic)
    }

    /// The clipped, weighted and encoded change of what this round trains.
    ///
    /// The weight comes after the clipping: an update of weight w (relative to the job's largest) is never longer than w times the
    /// clip norm, so no sum is longer than with equal weights.
    /// - Parameters:
    ///   - trained: all parameters of the adapter that was trained.
    ///   - random: for a job that hides whole clinics, their noise.
    func vector(_ trained: [Float], encoding: RingEncoding, random: any SecureRandom = SystemRandom()) throws -> Data {
        guard trained.count == start.values.count else {
            throw NodeError(.adapterMismatch, "The training gave another number of parameters than it started from.")
        }
        let ranges = start.layout.ranges(job.aggregation.factors(inRound: round))
        var delta = [Float](unsafeUninitializedCapacity: ranges.reduce(0) { $0 + $1.count }) { delta, count in
            var next = 0
            trained.withUnsafeBufferPointer { trained in
                start.values.withUnsafeBufferPointer { start in
                    for range in ranges {
                        for index in range {
                            delta.initializeElement(
                                at: next + index - range.lowerBound, to: trained[index] - start[index])
                        }
                        next += range.count
                    }
                }
            }
            count = next
        }
        let weight = job.aggregation.relativeWeight(of: clinic)
        if weight < 1 {
            let norm = try RingEncoding.norm(of: delta)
            let factor = weight * min(1, job.aggregation.updateClipNorm / max(norm, .leastNormalMagnitude))
            for index in delta.indices { delta[index] = Float(Double(delta[index]) * factor) }
        }
        return try encoding.encode(delta: delta, random: random)
    }
}
