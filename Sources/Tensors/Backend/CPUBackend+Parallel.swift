extension CPUBackend {
    /// Calls `body` with ranges that cover 0..<count, on several threads if there is more to do than handing it over costs.
    /// - Parameters:
    ///   - cost: of one element, in about the time of a vector instruction.
    ///   - grain: the ranges start at multiples of this.
    ///   - pieces: at most so many ranges; two a thread when not given.
    func inParallel(
        _ count: Int, cost: Int, grain: Int = 1, pieces most: Int? = nil, _ body: (Range<Int>) -> Void
    ) {
        guard count > 0 else { return }
        let threads = ComputeThreads.current
        let (total, overflow) = count.multipliedReportingOverflow(by: max(cost, 1))
        guard threads > 1, overflow || total > Self.leastCost else { return body(0..<count) }
        let most = min(most ?? threads * 2, count)
        let pieces = overflow ? most : min(most, total / (Self.leastCost / 2))
        let size = ((count + pieces - 1) / pieces + grain - 1) / grain * grain
        WorkerPool.shared.run(pieces: (count + size - 1) / size, threads: threads) { piece, _ in
            body(piece * size..<min((piece + 1) * size, count))
        }
    }

    /// About ten microseconds.
    private static var leastCost: Int { 1 << 15 }
}
