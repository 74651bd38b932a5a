import ArgumentParser
import CommandLineSupport
import ConsiliumCore
import Foundation
import Privacy
import SecureAggregation

/// The arithmetic of secure sums alone.
struct Sums: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        abstract: "Processor time of masks, rounding and noise in a clinic, and of unmasking at the coordinator.")

    @Option(help: "How many clinics.") var clinics = 10
    @Option(help: "Parameters of the adapter.") var parameters = 10_000_000
    @Option(help: "How many drop out after their shares.") var dropped = 0
    @OptionGroup var global: GlobalOptions

    private struct Outcome: Encodable {
        var clinics: Int
        var parameters: Int
        var dropped: Int
        /// How many masks a clinic puts on, and how many the coordinator takes off.
        var masksOfNode: Int
        var masksToRemove: Int
        /// Clip and round without noise.
        var roundSeconds: Double
        /// Clip, round at random and add the clinic's share of discrete Gaussian noise.
        var noiseSeconds: Double
        var maskSeconds: Double
        /// A clinic's messages: keys, shares, signatures.
        var messageSeconds: Double
        /// Restoring secrets from shares, then taking the masks off.
        var unmaskSeconds: Double
    }

    func run(_ output: Output) async throws {
        var sum = try MemorySum(clinics: clinics, dropped: dropped, parameters: parameters)
        try sum.run()
        guard let opening = sum.coordinator.opening, let masks = sum.masks.values.first, try sum.cancels(words: 8192)
        else { throw SecureAggregationError(.tooFew, "The sum did not open: too many clinics dropped out.") }
        let delta = [Float](unsafeUninitializedCapacity: parameters) { values, count in
            for index in 0..<parameters { values[index] = Float(index % 1009) / 1009 - 0.5 }
            count = parameters
        }
        let plain = try RingEncoding(clipNorm: 1, count: parameters, clinics: clinics)
        let noisy = try RingEncoding(
            clipNorm: 1, count: parameters, clinics: clinics,
            share: .init(noiseMultiplier: 1, honestClinics: clinics / 2))
        var (vector, rounding) = try ProcessorTime.of { try plain.encode(delta: delta) }
        let noise = try ProcessorTime.of { try noisy.encode(delta: delta) }.seconds
        let masking = try ProcessorTime.of { try masks.apply(to: &vector) }.seconds
        var accumulator = RingAccumulator(encoding: plain)
        let unmasking = try ProcessorTime.of {
            // As the coordinator does after the last share: the secrets first, then all words.
            let again = try SecureSumCoordinator(session: sum.coordinator.session, replaying: sum.events)
            try accumulator.apply(
                (again.opening ?? opening).remaining, threads: ProcessInfo.processInfo.activeProcessorCount)
        }.seconds
        let outcome = Outcome(
            clinics: clinics, parameters: parameters, dropped: dropped, masksOfNode: masks.count,
            masksToRemove: opening.remaining.count, roundSeconds: rounding, noiseSeconds: noise, maskSeconds: masking,
            messageSeconds: sum.messageSeconds, unmaskSeconds: unmasking)
        try output.finish(outcome) {
            String(
                format: """
                    %d clinics, %d parameters, %d dropped
                    round %.2f s, with noise %.2f s, %d masks %.2f s, messages %.2f s
                    unmask: %d masks, %.1f s
                    """,
                clinics, parameters, dropped, rounding, noise, masks.count, masking, sum.messageSeconds,
                opening.remaining.count, unmasking)
        }
    }
}
