public import ConsiliumCore
internal import Foundation
public import LanguageModels
internal import Tensors

/// How strongly a training shows the trace of synthetic sequences: the scores of an empirical audit's canaries.
///
/// Higher means “rather trained on”. A score is a function of the canary and of what the training released, never of whether
/// the canary was in it; whatever the function, the audit's bound holds. Canaries are packed into few passes.
public struct CanaryScoring {
    public let model: LanguageModel
    public let threads: Int
    private let progress: ProgressHandler?
    /// Gradients are kept in so many floats at most.
    var mostFloats = 1 << 28

    public init(model: LanguageModel, threads: Int = 1, progress: ProgressHandler? = nil) {
        self.model = model
        self.threads = threads
        self.progress = progress
    }

    /// The mean loss of each canary's tokens before less afterwards, in nats. Costs two forward passes.
    ///
    /// - Parameter before: the adapter that training started from; `nil` for the base model alone.
    public func byLoss(
        _ canaries: [TrainingSequence], before: LoRAAdapter?, after: LoRAAdapter
    ) throws -> [Double] {
        ComputeThreads.set(threads)
        // In parts, so that progress shows.
        var done = 0
        return try parts(canaries, floats: 0).flatMap { part in
            let old = try model.negativeLogLikelihood(of: part.map(\.tokens), adapter: before)
            let new = try model.negativeLogLikelihood(of: part.map(\.tokens), adapter: after)
            done += part.count
            report(done, of: canaries.count)
            return zip(old, new).map { ($0.sum - $1.sum) / Double(max(1, $0.tokens)) }
        }
    }

    /// How far `moved` went down the gradient of each canary's loss at `start`: a white-box score, much stronger than the loss
    /// where noise hides the single canary (Nasr et al. 2023; Andrew et al. 2023).
    ///
    /// Gradients of random sequences have much in common: all of them push the same tokens. Scored one by one, each canary would
    /// show what the others did. So the common direction is taken out, and what is left is solved for all canaries at once by
    /// ridge regression of `moved` on the unit gradients u, w = (U Uᵀ + I)⁻¹ U Δ. Where the gradients of all canaries don't fit
    /// into a gibibyte, each is scored alone, without the common direction.
    ///
    /// - Parameter moved: the adapter's parameters after training less those of `start`, or any sum of such updates.
    /// - Throws: ``FineTuningError`` `.invalidSettings` if `moved` has another length; what the model throws.
    public func byGradient(_ canaries: [TrainingSequence], start: LoRAAdapter, moved: [Float]) throws -> [Double] {
        let size = start.parameterCount
        guard moved.count == size else {
            throw FineTuningError(
                .invalidSettings, "What training changed has \(moved.count) numbers, the adapter has \(size).")
        }
        guard !canaries.isEmpty else { return [] }
        ComputeThreads.set(threads)
        return canaries.count <= mostFloats / max(size, 1)
            ? try together(canaries, start: start, moved: moved) : try oneByOne(canaries, start: start, moved: moved)
    }

    /// A system with unit ridge is solved to float precision in far fewer steps.
    private static let mostIterations = 100

    // MARK: Gradients

    /// Hands out each canary's gradient as a unit vector, zero where it is not finite.
    private func forEachGradient(
        _ canaries: [TrainingSequence], start: LoRAAdapter,
        body: (_ canary: Int, _ unit: UnsafeMutableBufferPointer<Float>) -> Void
    ) throws {
        let pass = try AdapterGradientPass(model: model, adapter: start)
        pass.setParameters(start.parameters)
        var first = 0
        for part in parts(canaries, floats: start.parameterCount) {
            let groups = part.map { canary in
                AdapterGradientPass.Group(
                    sequences: [canary.tokens],
                    tokenWeight: 1 / Float(max(1, model.supervisedTokens(in: canary.tokens))))
            }
            try pass.run(groups, factors: (true, true)) { group, _, gradient in
                let norm = VectorOperations.norm(UnsafeBufferPointer(gradient))
                if norm.isFinite, norm > 0 {
                    VectorOperations.scale(gradient, by: Float(1 / norm))
                } else {
                    gradient.update(repeating: 0)
                }
                body(first + group, gradient)
            }
            first += part.count
            report(first, of: canaries.count)
        }
    }

    private func together(_ canaries: [TrainingSequence], start: LoRAAdapter, moved: [Float]) throws -> [Double] {
        let (m, d) = (canaries.count, moved.count)
        let backend = CPUBackend()
        let rows = try TensorBuffer(count: m * d, backend: backend)
        try forEachGradient(canaries, start: start) { canary, unit in
            guard let source = unit.baseAddress else { return }
            (rows.pointer + canary * d).update(from: source, count: d)
        }
        let direction = try TensorBuffer(moved, backend: backend)
        let products = try TensorBuffer(count: m, backend: backend)
        let gram = try TensorBuffer(count: m * m, backend: backend)
        let (u, g) = (rows.matrix(columns: d), gram.matrix(columns: m))
        backend.multiplyTransposed(
            products.matrix(columns: 1), u, direction.matrix(columns: d), rows: m, columns: 1, inner: d, alpha: -1,
            accumulate: false)
        backend.multiplyTransposed(g, u, u, rows: m, columns: m, inner: d, alpha: 1, accumulate: false)
        // U times the direction that all gradients have in common, û = Uᵀ1 / |Uᵀ1|, needs no more than U Uᵀ.
        let ones = try TensorBuffer([Float](repeating: 1, count: m), backend: backend)
        func times(_ vector: [Double]) throws -> [Double] {
            let x = try TensorBuffer(vector.map { Float($0) }, backend: backend)
            let y = try TensorBuffer(count: m, backend: backend)
            backend.multiplyTransposed(
                y.matrix(columns: 1), g, x.matrix(columns: m), rows: m, columns: 1, inner: m, alpha: 1,
                accumulate: false)
            return y.values().map(Double.init)
        }
        let sums = try times(ones.values().map(Double.init))
        let length = max(sums.reduce(0, +), 1e-30).squareRoot()
        let common = sums.map { $0 / length }
        let scores = products.values().map(Double.init)
        let along = scores.reduce(0, +) / length
        return try solve(zip(scores, common).map { $0 - $1 * along }) { vector in
            let shared = zip(common, vector).reduce(0) { $0 + $1.0 * $1.1 }
            let product = try times(vector)
            return vector.indices.map { product[$0] - common[$0] * shared + vector[$0] }
        }
    }

    /// Conjugate gradients (Hestenes & Stiefel 1952) for a symmetric positive operator.
    private func solve(_ right: [Double], _ apply: ([Double]) throws -> [Double]) throws -> [Double] {
        func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        var solution = [Double](repeating: 0, count: right.count)
        var rest = right
        var direction = right
        var size = dot(rest, rest)
        let goal = size * 1e-10
        for _ in 0..<Self.mostIterations where size > goal {
            let image = try apply(direction)
            let step = size / dot(direction, image)
            guard step.isFinite else { break }
            for index in solution.indices {
                solution[index] += step * direction[index]
                rest[index] -= step * image[index]
            }
            let next = dot(rest, rest)
            for index in direction.indices { direction[index] = rest[index] + next / size * direction[index] }
            size = next
        }
        return solution
    }

    private func oneByOne(_ canaries: [TrainingSequence], start: LoRAAdapter, moved: [Float]) throws -> [Double] {
        let backend = CPUBackend()
        let d = moved.count
        func product(_ unit: UnsafeMutableBufferPointer<Float>, _ vector: TensorBuffer, _ result: TensorBuffer)
            -> Double
        {
            guard let row = unit.baseAddress else { return 0 }
            backend.multiplyTransposed(
                result.matrix(columns: 1), MatrixView(row, stride: d), vector.matrix(columns: d), rows: 1, columns: 1,
                inner: d, alpha: 1, accumulate: false)
            return Double(result.values()[0])
        }
        let result = try TensorBuffer(count: 1, backend: backend)
        let direction = try TensorBuffer(moved, backend: backend)
        var scores = [Double](repeating: 0, count: canaries.count)
        var sum = [Float](repeating: 0, count: d)
        try forEachGradient(canaries, start: start) { canary, unit in
            scores[canary] = -product(unit, direction, result)
            VectorOperations.add(UnsafeBufferPointer(unit), to: &sum)
        }
        let length = sum.withUnsafeBufferPointer { VectorOperations.norm($0) }
        guard length > 0 else { return scores }
        let common = try TensorBuffer(sum, backend: backend)
        let along = scores.reduce(0, +) / (length * length)
        try forEachGradient(canaries, start: start) { canary, unit in
            scores[canary] -= along * product(unit, common, result)
        }
        return scores
    }

    // MARK: Parts

    /// Consecutive canaries that fit one pass.
    private func parts(_ canaries: [TrainingSequence], floats: Int) -> [[TrainingSequence]] {
        var parts: [[TrainingSequence]] = []
        var part: [TrainingSequence] = []
        var tokens = 0
        for canary in canaries {
            let size = canary.inputIDs.count
            if !part.isEmpty,
                tokens + size > ParameterTrainer.usualTokensPerPass
                    || (part.count + 1) * floats > ParameterTrainer.gradientFloatsPerPass
            {
                parts.append(part)
                part = []
                tokens = 0
            }
            part.append(canary)
            tokens += size
        }
        if !part.isEmpty { parts.append(part) }
        return parts
    }

    private func report(_ done: Int, of total: Int) {
        progress?(
            ProgressUpdate(
                activity: "score canaries", completed: Double(done), total: Double(total), unit: "canaries"))
    }
}
