internal import Tensors

/// Weights that stay in the host's memory because the GPU has no room for them: each is copied when it is used, and the one
/// that will be used next is copied meanwhile.
///
/// Which one that is, is learned: what came after two weights last time comes after them again, forward and backward.
/// Not thread-safe: ``CommandQueue`` owns it.
final class WeightStream {
    private struct Pair: Hashable {
        var first: UnsafeRawPointer?
        var second: UnsafeRawPointer
    }

    private struct Copy {
        var weight: UnsafeRawPointer
        var placement: WeightPlacement
        var block: TransferQueue.Block
    }

    private let transfers: TransferQueue
    private var weights: [UnsafeRawPointer: FrozenMatrix] = [:]
    private var successors: [Pair: UnsafeRawPointer] = [:]
    private var last: UnsafeRawPointer?
    private var beforeLast: UnsafeRawPointer?
    /// Those used last are behind. Two that are read, for products of the same weight in a row, and the next.
    private var copies: [Copy] = []
    private static let mostCopies = 3
    /// Copies that were under way before they were needed.
    private(set) var foreseen = 0

    init(_ transfers: TransferQueue) { self.transfers = transfers }

    /// - Parameter weight: in the host's memory; it stays there until ``remove(_:)``.
    func add(_ weight: FrozenMatrix) {
        weights[weight.data] = FrozenMatrix(
            format: weight.format, rows: weight.rows, columns: weight.columns, data: weight.data,
            scales: weight.scales, codebook: weight.codebook, rounding: weight.rounding, owners: [])
    }

    func remove(_ data: UnsafeRawPointer) {
        weights[data] = nil
        successors = successors.filter { $0.key.first != data && $0.key.second != data && $0.value != data }
        if last == data { last = nil }
        if beforeLast == data { beforeLast = nil }
        while let index = copies.firstIndex(where: { $0.weight == data }) {
            transfers.giveBack(copies.remove(at: index).block)
        }
    }

    /// The weight in device memory, for what is put on the computing stream next; `nil` if it is none of these.
    func use(_ weight: FrozenMatrix) throws -> FrozenMatrix? {
        guard let known = weights[weight.data] else { return nil }
        if let index = copies.firstIndex(where: { $0.weight == weight.data }) {
            if last != weight.data { foreseen += 1 }
            copies.append(copies.remove(at: index))
        } else {
            try fetch(known)
        }
        guard let copy = copies.last else { return nil }
        try transfers.await(copy.block)
        try foresee(after: weight.data)
        return copy.placement.matrix(owners: [])
    }

    /// Starts the copy of the weight that will be used next.
    private func foresee(after data: UnsafeRawPointer) throws {
        guard last != data else { return }
        if let last { successors[Pair(first: beforeLast, second: last)] = data }
        (beforeLast, last) = (last, data)
        guard let next = successors[Pair(first: beforeLast, second: data)], let weight = weights[next],
            !copies.contains(where: { $0.weight == next })
        else { return }
        try fetch(weight)
    }

    private func fetch(_ weight: FrozenMatrix) throws {
        // What was used last may still be needed by the operation that this one is for.
        while copies.count >= Self.mostCopies { transfers.giveBack(copies.removeFirst().block) }
        let layout = WeightLayout([weight])
        let block = try transfers.copy(layout.parts, bytes: layout.bytes)
        copies.append(
            Copy(
                weight: weight.data, placement: layout.placement(at: DeviceAddress(value: block.address)), block: block)
        )
    }
}
