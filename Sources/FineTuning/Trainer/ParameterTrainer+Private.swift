internal import ConsiliumCore
internal import LanguageModels
internal import Privacy
internal import Tensors

extension ParameterTrainer {
    /// Where the trainable parameters are, as few ranges as possible.
    var trainableRanges: [Range<Int>] {
        var ranges: [Range<Int>] = []
        for block in source.blocks where block.isA ? factors.a : factors.b {
            if let last = ranges.last, last.upperBound == block.range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<block.range.upperBound
            } else {
                ranges.append(block.range)
            }
        }
        return ranges
    }

    var trainableCount: Int { trainableRanges.reduce(0) { $0 + $1.count } }

    /// See ``LoRATrainer/privateStep(patients:mechanism:expectedPatients:learningRate:random:)``.
    func privateStep(
        patients: [[TrainingSequence]], mechanism: GaussianMechanism, expectedPatients: Double, rate: Float?,
        random: any SecureRandom
    ) throws -> PrivateStepResult {
        try privateStep(
            patients: patients,
            aggregation: NoisyAggregation(
                sum: PatientGradientSum(mechanism: mechanism, count: trainableCount), random: random,
                threads: threads),
            expectedPatients: expectedPatients, rate: rate)
    }

    func privateStep(
        patients: [[TrainingSequence]], aggregation: consuming some PatientAggregation, expectedPatients: Double,
        rate: Float?
    ) throws -> PrivateStepResult {
        guard expectedPatients.isFinite, expectedPatients > 0 else {
            throw FineTuningError(.invalidSettings, "The expected number of patients must be positive.")
        }
        prepare()
        var aggregation = aggregation
        let ranges = trainableRanges
        let count = trainableCount
        var result = PrivateStepResult(
            patients: patients.count, clippedPatients: 0, rejectedPatients: 0, loss: 0, supervisedTokens: 0,
            trainableParameters: count)
        var gathered: [Float] = []
        func add(_ gradient: UnsafeBufferPointer<Float>, lossSum: Double, count: Int) throws {
            if lossSum.isFinite {
                result.loss += lossSum / Double(max(count, 1))
                result.supervisedTokens += count
            }
            if ranges.count == 1 {
                // Straight from the pass: a copy of every patient's gradient would cost time and memory.
                try aggregation.add(UnsafeBufferPointer(rebasing: gradient[ranges[0]]))
            } else {
                gathered.removeAll(keepingCapacity: true)
                for range in ranges { gathered.append(contentsOf: gradient[range]) }
                try gathered.withUnsafeBufferPointer { try aggregation.add($0) }
            }
        }
        var rest = patients[...]
        while let part = chunks(Array(rest), groupFloats: source.parameterCount).first {
            var added = 0
            do {
                if part.count == 1, Self.tokens(part[0]) > tokensPerPass {
                    let count = supervisedTokens(in: part[0])
                    let (sum, lossSum) = try gradientInPieces(of: part[0], tokenWeight: 1 / Float(max(count, 1)))
                    added += 1
                    try sum.withUnsafeBufferPointer { try add($0, lossSum: lossSum, count: count) }
                } else {
                    let counts = part.map { supervisedTokens(in: $0) }
                    let groups = zip(part, counts).map { sequences, count in
                        AdapterGradientPass.Group(
                            sequences: sequences.map(\.tokens), tokenWeight: 1 / Float(max(count, 1)))
                    }
                    try source.run(groups, factors: factors) { number, lossSum, gradient in
                        added += 1
                        try add(UnsafeBufferPointer(gradient), lossSum: lossSum, count: counts[number])
                    }
                }
            } catch let error as TensorsError where added == 0 && shortensPasses(after: error) {
                // The same patients again in smaller passes; none of them was added yet.
                continue
            }
            rest = rest.dropFirst(part.count)
        }
        if !patients.isEmpty { result.loss /= Double(patients.count) }
        result.clippedPatients = aggregation.clipped
        result.rejectedPatients = aggregation.dropped
        try update(gradient: spread(aggregation.released(), over: ranges, dividedBy: expectedPatients), rate: rate)
        return result
    }

    /// The gradient of one patient with more sequences than fit a pass. The pieces are added before anything is clipped: it
    /// stays one gradient of one patient.
    private func gradientInPieces(of sequences: [TrainingSequence], tokenWeight: Float) throws -> ([Float], Double) {
        var sum = [Float](repeating: 0, count: source.parameterCount)
        var lossSum = 0.0
        for piece in chunks(sequences.map { [$0] }, groupFloats: 0) {
            let group = AdapterGradientPass.Group(
                sequences: piece.flatMap { $0.map(\.tokens) }, tokenWeight: tokenWeight)
            try source.run([group], factors: factors) { _, loss, gradient in
                lossSum += loss
                VectorOperations.add(UnsafeBufferPointer(gradient), to: &sum)
            }
        }
        return (sum, lossSum)
    }

    private static func tokens(_ sequences: [TrainingSequence]) -> Int {
        sequences.reduce(0) { $0 + $1.inputIDs.count }
    }

    /// The released sum as a whole gradient, with zeros where nothing is trained.
    private func spread(
        _ noisy: consuming [Float], over ranges: [Range<Int>], dividedBy expected: Double
    ) throws -> [Float] {
        let norm = noisy.withUnsafeBufferPointer { VectorOperations.norm($0) }
        guard noisy.count == trainableCount, norm.isFinite else {
            throw FineTuningError(
                .numericalFault,
                "The noisy gradient is not finite or has another size. Nothing was changed; please report this.")
        }
        noisy.withUnsafeMutableBufferPointer { noisy in
            for index in noisy.indices { noisy[index] = Float(Double(noisy[index]) / expected) }
        }
        guard ranges.count != 1 || noisy.count != source.parameterCount else { return noisy }
        var gradient = [Float](repeating: 0, count: source.parameterCount)
        var next = 0
        for range in ranges {
            gradient.replaceSubrange(range, with: noisy[next..<next + range.count])
            next += range.count
        }
        return gradient
    }
}
