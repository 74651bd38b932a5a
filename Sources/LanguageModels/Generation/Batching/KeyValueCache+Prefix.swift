internal import Tensors

extension KeyValueCache {
    /// Takes over what another cache holds of its first `count` tokens. This one must be empty and large enough.
    func takePrefix(of other: KeyValueCache, count: Int, layers: Int) {
        guard self.count == 0, count <= capacity, count <= other.count else { return }
        // A row's keys and values lie side by side, and rows without a gap.
        for block in 0..<layers {
            store(block, other.keys(block), rows: count)
        }
        advance(count)
    }

    /// The memory that a cache of `tokens` takes.
    static func bytes(tokens: Int, _ configuration: ModelConfiguration) -> Int {
        configuration.layers * tokens * 2 * configuration.keyValueWidth * MemoryLayout<Float>.size
    }
}
