public import Identity
internal import Tensors

/// From the average of a round's updates to the next adapter: one pure function for all rules that are linear in the updates.
///
/// It sees the mean of the encoded updates and nothing else of them, so it is the same with and without masks. The arithmetic
/// is the same everywhere, bit for bit: double precision in a fixed order, rounded once to single precision.
///
/// Weights are public numbers of the signed job (McMahan et al. 2017 weigh by the number of examples; a weight that depends on a
/// clinic's data would be private information and would break the sensitivity of the sum).
public struct FederatedAveraging: Sendable {
    public let plan: AggregationPlan

    public init(_ plan: AggregationPlan) { self.plan = plan }

    public struct Result: Sendable, Equatable {
        public var adapter: AdapterFile
        /// `nil` without a server optimizer that remembers.
        public var moments: ServerState.Moments?
    }

    /// - Parameters:
    ///   - mean: the sum of the encoded updates divided by their number, in the layout of what the round trains. Each update was
    ///     multiplied by ``AggregationPlan/relativeWeight(of:)`` before it was encoded.
    ///   - participants: whose updates are in the sum.
    ///   - round: counted from 1.
    ///   - adapter: the whole adapter that the round started from.
    ///   - moments: after the round before; `nil` before the first.
    /// - Throws: ``FederationError`` `.adapterMismatch` if lengths differ; `.updateMalformed` if a number is not finite; `.invalidJob`
    ///   for a rule that is not linear.
    public func next(
        _ mean: [Float], of participants: [ClinicID], round: Int, adapter: consuming AdapterFile,
        moments: ServerState.Moments? = nil
    ) throws -> Result {
        guard plan.rule != .stackSVD else {
            throw FederationError(.invalidJob, "“stack-svd” needs the single updates; their mean is not enough.")
        }
        let ranges = adapter.layout.ranges(plan.factors(inRound: round))
        let count = ranges.reduce(0) { $0 + $1.count }
        guard mean.count == count else {
            throw FederationError(
                .adapterMismatch, "The average has \(mean.count) numbers; round \(round) trains \(count).")
        }
        var delta = mean
        let factor = try weightFactor(participants)
        if factor != 1 {
            for index in delta.indices { delta[index] = Float(Double(delta[index]) * factor) }
        }
        var moments = try prepared(moments, count: adapter.values.count)
        var next = adapter
        add(delta, at: ranges, to: &next.values, &moments)
        let finite = next.values.withUnsafeBufferPointer { VectorOperations.norm($0).isFinite }
        guard finite, mean.withUnsafeBufferPointer({ VectorOperations.isFinite($0) }) else {
            throw FederationError(
                .updateMalformed, "The average contains NaN or infinite values; the round is not published.")
        }
        return Result(adapter: next, moments: moments)
    }

    /// From the mean over clinics to the mean by weight: n / Σ w.
    private func weightFactor(_ participants: [ClinicID]) throws -> Double {
        let sum = participants.reduce(0.0) { $0 + plan.relativeWeight(of: $1) }
        guard sum > 0 else {
            throw FederationError(.updateMalformed, "Nobody takes part in the average; the round is not published.")
        }
        return Double(participants.count) / sum
    }

    private func prepared(_ moments: ServerState.Moments?, count: Int) throws -> ServerState.Moments? {
        guard let optimizer = plan.serverOptimizer, optimizer.method != .average else { return nil }
        let start = ServerState.Moments(optimizer, count: count)
        guard let moments else { return start }
        guard moments.first.count == start.first.count, moments.second.count == start.second.count else {
            throw FederationError(
                .adapterMismatch, "The server optimizer's state belongs to another adapter or optimizer.")
        }
        return moments
    }

    /// The server optimizer's step on the numbers in `ranges`, which `delta` lists one after the other.
    private func add(
        _ delta: [Float], at ranges: [Range<Int>], to values: inout [Float], _ moments: inout ServerState.Moments?
    ) {
        guard let optimizer = plan.serverOptimizer else {
            values.withUnsafeMutableBufferPointer { values in
                delta.withUnsafeBufferPointer { delta in
                    var at = 0
                    for range in ranges {
                        VectorOperations.add(
                            UnsafeBufferPointer(rebasing: delta[at..<at + range.count]),
                            to: UnsafeMutableBufferPointer(rebasing: values[range]))
                        at += range.count
                    }
                }
            }
            return
        }
        let rate = optimizer.learningRate
        let (beta1, beta2, tau) = (optimizer.beta1, optimizer.beta2, optimizer.tau)
        var first = moments?.first ?? []
        var second = moments?.second ?? []
        switch optimizer.method {
        case .average:
            Self.forEach(in: ranges) { index, at in
                values[index] = Float(Double(values[index]) + rate * Double(delta[at]))
            }
        case .momentum:
            Self.forEach(in: ranges) { index, at in
                first[index] = Float(beta1 * Double(first[index]) + Double(delta[at]))
                values[index] = Float(Double(values[index]) + rate * Double(first[index]))
            }
        case .adam:
            Self.forEach(in: ranges) { index, at in
                let change = Double(delta[at])
                first[index] = Float(beta1 * Double(first[index]) + (1 - beta1) * change)
                second[index] = Float(beta2 * Double(second[index]) + (1 - beta2) * change * change)
                let step = Double(first[index]) / (Double(second[index]).squareRoot() + tau)
                values[index] = Float(Double(values[index]) + rate * step)
            }
        }
        if moments != nil { moments = ServerState.Moments(first: first, second: second) }
    }

    private static func forEach(in ranges: [Range<Int>], _ body: (_ index: Int, _ at: Int) -> Void) {
        var at = 0
        for range in ranges {
            for index in range {
                body(index, at)
                at += 1
            }
        }
    }
}
