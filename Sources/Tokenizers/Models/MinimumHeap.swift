/// A binary heap of numbers, the smallest first.
struct MinimumHeap: Sendable {
    private var items: [UInt64] = []

    mutating func removeAll() { items.removeAll(keepingCapacity: true) }

    mutating func insert(_ item: UInt64) {
        items.append(item)
        items.withUnsafeMutableBufferPointer { items in
            var child = items.count - 1
            while child > 0 {
                let parent = (child - 1) / 2
                guard items[child] < items[parent] else { return }
                items.swapAt(child, parent)
                child = parent
            }
        }
    }

    mutating func removeFirst() -> UInt64? {
        guard let last = items.popLast() else { return nil }
        guard let first = items.first else { return last }
        items[0] = last
        items.withUnsafeMutableBufferPointer { items in
            var parent = 0
            while true {
                var child = parent * 2 + 1
                guard child < items.count else { return }
                if child + 1 < items.count, items[child + 1] < items[child] { child += 1 }
                guard items[child] < items[parent] else { return }
                items.swapAt(child, parent)
                parent = child
            }
        }
        return first
    }
}
