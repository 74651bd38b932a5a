/// Who waits for a place in the batch: first come, first served, never more than a fixed number.
///
/// Somebody whose text needs much memory is not overtaken by those behind: they would keep it waiting forever.
struct AdmissionQueue<Item: Sendable>: Sendable {
    let limit: Int
    private var items: [(id: Int, item: Item)] = []

    init(limit: Int) { self.limit = max(0, limit) }

    var count: Int { items.count }
    var isEmpty: Bool { items.isEmpty }
    var all: [Item] { items.map(\.item) }

    /// - Returns: whether there was a place.
    mutating func enqueue(_ id: Int, _ item: Item) -> Bool {
        guard items.count < limit else { return false }
        items.append((id, item))
        return true
    }

    /// Takes out whoever went away.
    mutating func remove(_ ids: Set<Int>) -> [Item] {
        guard !ids.isEmpty else { return [] }
        let gone = items.filter { ids.contains($0.id) }.map(\.item)
        items.removeAll { ids.contains($0.id) }
        return gone
    }

    /// The first one, if it fits.
    mutating func next(where fits: (Item) -> Bool) -> (id: Int, item: Item)? {
        guard let first = items.first, fits(first.item) else { return nil }
        items.removeFirst()
        return first
    }

    mutating func removeAll() -> [Item] {
        defer { items = [] }
        return items.map(\.item)
    }
}
