/// Runs through the rows of a large matrix in panels, on as many threads as matrix products use, so that changing the
/// format of a weight needs little memory beside its result.
public enum RowPanels {
    /// About a megabyte of floats: it stays in the second cache.
    static let elements = 1 << 18

    /// Calls `body` for panels that together are `0..<rows`, with scratch memory for the panel's rows of `columns` floats.
    /// The order of the calls is not given; several may run at the same time.
    ///
    /// - Throws: one of the errors of `body`; panels that had not begun are left out then.
    public static func forEach(
        rows: Int, columns: Int, _ body: @Sendable (Range<Int>, UnsafeMutablePointer<Float>) throws -> Void
    ) throws {
        guard rows > 0, columns > 0 else { return }
        let height = max(1, min(rows, elements / columns))
        let panels = (rows + height - 1) / height
        let threads = min(ComputeThreads.current, panels)
        let scratch = UnsafeMutablePointer<Float>.allocate(capacity: threads * height * columns)
        defer { scratch.deallocate() }
        let failure = Guarded<(any Error)?>(nil)
        WorkerPool.shared.run(pieces: panels, threads: threads) { panel, thread in
            guard failure.withLock({ $0 == nil }) else { return }
            do {
                try body(
                    panel * height..<min(rows, (panel + 1) * height), scratch + thread * height * columns)
            } catch {
                failure.withLock { $0 = error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
