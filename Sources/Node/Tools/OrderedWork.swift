internal import Dispatch
internal import Synchronization

/// The same work on many items by several threads, with the results in the order of the items.
enum OrderedWork {
    /// - Parameters:
    ///   - threads: how many at once; one works on the calling thread.
    ///   - body: independent of the order in which items are done.
    /// - Throws: the error of the first item, in the order of the items, that failed.
    static func map<Item: Sendable, Output: Sendable>(
        _ items: [Item], threads: Int, _ body: @Sendable (Item) throws -> Output
    ) throws -> [Output] {
        guard threads > 1, items.count > 1 else { return try items.map(body) }
        let results = Mutex([Result<Output, any Error>?](repeating: nil, count: items.count))
        let next = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: min(threads, items.count)) { _ in
            while true {
                let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
                guard index < items.count else { return }
                let result = Result { try body(items[index]) }
                results.withLock { $0[index] = result }
            }
        }
        return try results.withLock { $0 }.compactMap { try $0?.get() }
    }
}
