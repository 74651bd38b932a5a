public import ConsiliumCore
internal import Tensors

extension LanguageModel {
    /// A shorter beginning is not worth a pass of its own.
    private static let leastSharedPrefix = 16

    /// The log-likelihood in nats of every continuation, Σ ln p of its tokens, as multiple choice is scored.
    ///
    /// What the continuations of a group begin with, such as a question before its options, goes through the model once; what
    /// all groups begin with, such as worked examples, goes through it once for all. Contexts that are too long for the model
    /// lose tokens at their beginning, as in lm-evaluation-harness.
    ///
    /// - Returns: a number for each continuation of each group, and how many contexts were cut.
    /// - Throws: ``LanguageModelsError`` `.invalidTokens`, also for an empty context or continuation; `.invalidConfiguration`
    ///   for a model that is not causal.
    public func logLikelihoods(
        of groups: [[Continuation]], adapter: LoRAAdapter? = nil, progress: ProgressHandler? = nil
    ) throws -> (values: [[Double]], cut: Int) {
        guard configuration.head == .languageModel, configuration.isCausal else {
            throw LanguageModelsError(
                .invalidConfiguration,
                "This \(configuration.family.rawValue) model can't score continuations. Use a causal language model.")
        }
        var number = 0
        var numbered: [[(number: Int, request: BranchedRequest)]] = []
        for group in groups {
            numbered.append(
                try group.map {
                    defer { number += 1 }
                    return (number, try BranchedRequest($0, model: self))
                })
        }
        var sums = [Double](repeating: 0, count: number)
        let pass = try TransformerPass(model: self, adapter: adapter, purpose: .forward)
        let cache = try sharedBeginning(of: numbered, pass)
        var scored = 0
        func flush(_ batch: inout BranchedBatch) throws {
            guard !batch.isEmpty else { return }
            try pass.forward(batch.packed, cache: cache)
            for (target, value) in zip(batch.targets, try pass.logProbabilities(batch.targets)) {
                sums[target.request] += value
            }
            batch = BranchedBatch(past: cache?.count ?? 0)
            progress?(
                ProgressUpdate(
                    activity: "score", completed: Double(scored), total: Double(groups.count), unit: "items"))
        }
        var batch = BranchedBatch(past: cache?.count ?? 0)
        for group in numbered {
            var rest = group[...]
            while !rest.isEmpty {
                // As many of the group as fit; one alone always does.
                var piece = [rest.removeFirst()]
                while let next = rest.first,
                    BranchedBatch.rows(piece + [next], past: batch.past) <= Self.tokensPerPass
                {
                    piece.append(next)
                    rest.removeFirst()
                }
                let rows = BranchedBatch.rows(piece, past: batch.past)
                if batch.count + rows > Self.tokensPerPass { try flush(&batch) }
                batch.append(piece)
            }
            scored += 1
        }
        try flush(&batch)
        var values: [[Double]] = []
        for group in numbered { values.append(group.map { sums[$0.number] }) }
        return (values, numbered.joined().count { $0.request.isCut })
    }

    /// Keys and values of what all requests begin with, as far as nothing in it is a prediction that counts.
    private func sharedBeginning(
        of groups: [[(number: Int, request: BranchedRequest)]], _ pass: TransformerPass
    ) throws -> KeyValueCache? {
        guard groups.count > 1 else { return nil }
        let requests = groups.joined().map(\.request)
        let limit = requests.map(\.firstRow).min() ?? 0
        let count = min(limit, BranchedRequest.sharedPrefix(requests.map(\.inputs)))
        guard count >= Self.leastSharedPrefix, let ids = requests.first?.inputs.prefix(count) else { return nil }
        let labels = [Int32](repeating: TokenSequence.ignored, count: count)
        let batch = try PackedBatch(
            [TokenSequence(inputIDs: Array(ids), labels: labels)], model: self, trimming: false)
        let cache = try KeyValueCache(configuration: configuration, capacity: count, backend: backend)
        try pass.forward(batch, cache: cache)
        return cache
    }
}

extension TransformerPass {
    /// ln p of every target after ``forward(_:cache:)``, in the order of the targets. Options of one token are targets of one
    /// row, whose logits are computed once.
    fileprivate func logProbabilities(_ targets: [BranchedBatch.Target]) throws -> [Double] {
        var results = [Double](repeating: 0, count: targets.count)
        let order = targets.indices.sorted { (targets[$0].row, $0) < (targets[$1].row, $1) }
        var rows: [(row: Int32, members: [Int])] = []
        for index in order {
            if rows.last?.row == targets[index].row {
                rows[rows.count - 1].members.append(index)
            } else {
                rows.append((targets[index].row, [index]))
            }
        }
        let width = configuration.outputSize
        var values = [Float](repeating: 0, count: width)
        for start in stride(from: 0, to: rows.count, by: workspace.headRows) {
            let piece = rows[start..<min(start + workspace.headRows, rows.count)]
            logits(of: piece.map(\.row))
            let memory = workspace.view(workspace.logits, columns: width)
            let losses = backend.crossEntropy(
                memory.pointer, targets: piece.map { targets[$0.members[0]].token }, weights: nil, vocabulary: width,
                cap: 0)
            for (offset, (row, loss)) in zip(piece, losses).enumerated() {
                results[row.members[0]] = -Double(loss)
                guard row.members.count > 1 else { continue }
                values.withUnsafeMutableBufferPointer {
                    backend.download($0, from: memory.dropping(rows: offset).pointer)
                }
                let first = Double(values[Int(targets[row.members[0]].token)])
                for member in row.members.dropFirst() {
                    results[member] = -Double(loss) + Double(values[Int(targets[member].token)]) - first
                }
            }
        }
        try backend.synchronize()
        return results
    }
}
