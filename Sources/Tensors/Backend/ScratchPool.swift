/// Blocks of memory that an operation borrows, kept for the next one: without it, every product with a compressed weight
/// would allocate.
final class ScratchPool: Sendable {
    private struct Block: @unchecked Sendable {
        let memory: UnsafeMutableRawPointer
        let count: Int
    }

    private let unused = Guarded<[Block]>([])

    /// Calls `body` with at least `count` floats, aligned to 64 bytes, of which the contents are undefined.
    func withMemory(_ count: Int, _ body: (UnsafeMutablePointer<Float>) -> Void) {
        let block = take(count)
        body(block.memory.assumingMemoryBound(to: Float.self))
        unused.withLock { $0.append(block) }
    }

    private func take(_ count: Int) -> Block {
        let found = unused.withLock { blocks -> Block? in
            guard let index = blocks.lastIndex(where: { $0.count >= count }) else { return blocks.popLast() }
            return blocks.remove(at: index)
        }
        if let found {
            if found.count >= count { return found }
            found.memory.deallocate()
        }
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
        memory.bindMemory(to: Float.self, capacity: max(count, 1))
        return Block(memory: memory, count: count)
    }

    deinit {
        unused.withLock { blocks in
            for block in blocks { block.memory.deallocate() }
        }
    }
}
