internal import Tensors

/// The rows of one pass that continue one text.
struct SessionRows {
    let cache: KeyValueCache
    let start: Int
    let count: Int
}

extension TransformerPass {
    /// One pass over rows of several texts: the products see all rows at once, attention each text's own keys.
    ///
    /// Afterwards the caches hold the rows' keys and values.
    func forward(_ batch: PackedBatch, sessions: [SessionRows]) throws {
        self.sessions = sessions
        defer { self.sessions = [] }
        try forward(batch)
        for session in sessions { session.cache.advance(session.count) }
    }

    /// Attention of each text's rows over all that its cache holds, the rows themselves included.
    func attendSessions(_ block: Int, _ fused: MatrixView) {
        let shape = configuration.attentionShape(block)
        let attention = workspace.view(workspace.attention, block)
        let keyColumn = configuration.queryWidth
        let valueColumn = keyColumn + configuration.keyValueWidth
        var fresh: [SequenceSpan] = []
        for session in sessions {
            let cache = session.cache
            let source = fused.dropping(rows: session.start)
            cache.store(block, source.dropping(columns: keyColumn), rows: session.count)
            guard cache.count > 0 else {
                fresh.append(SequenceSpan(start: session.start, count: session.count))
                continue
            }
            let keys = cache.keys(block)
            let values = keys.dropping(columns: configuration.keyValueWidth)
            for row in 0..<session.count {
                backend.attentionDecode(
                    attention.dropping(rows: session.start + row).pointer, query: source.dropping(rows: row).pointer,
                    keys: keys, values: values, length: cache.count + row + 1, shape: shape)
            }
        }
        guard !fresh.isEmpty else { return }
        backend.attentionForward(
            attention, logSumExp: workspace.view(workspace.logSumExp, block).pointer, queries: fused,
            keys: fused.dropping(columns: keyColumn), values: fused.dropping(columns: valueColumn), spans: fresh,
            shape: shape)
    }
}
