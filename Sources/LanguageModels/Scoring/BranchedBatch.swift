internal import Tensors

/// Several groups of requests, packed so that what a group begins with goes through the transformer once.
struct BranchedBatch {
    /// A token whose likelihood after a row is asked for.
    struct Target {
        var row: Int32
        var token: Int32
        /// The number of the request.
        var request: Int
    }

    private(set) var packed = PackedBatch()
    private(set) var targets: [Target] = []
    /// Tokens that all requests begin with and that are cached.
    let past: Int

    var isEmpty: Bool { targets.isEmpty }
    var count: Int { packed.count }

    init(past: Int) { self.past = past }

    /// The tokens that a group adds to a batch.
    static func rows(_ requests: [(number: Int, request: BranchedRequest)], past: Int) -> Int {
        let shared = BranchedRequest.sharedPrefix(requests.map(\.request.inputs))
        return requests.reduce(shared - past) { $0 + $1.request.inputs.count - shared }
    }

    mutating func append(_ requests: [(number: Int, request: BranchedRequest)]) {
        let shared = BranchedRequest.sharedPrefix(requests.map(\.request.inputs))
        guard let first = requests.first?.request else { return }
        let trunk = add(first.inputs[past..<shared], at: past, after: [])
        for (number, request) in requests {
            let branch = add(request.inputs[shared...], at: shared, after: trunk.count > 0 ? [trunk] : [])
            for (offset, token) in request.targets.enumerated() {
                let place = request.firstRow + offset
                let row = place < shared ? trunk.start + place - past : branch.start + place - shared
                targets.append(Target(row: Int32(row), token: token, request: number))
            }
        }
    }

    private mutating func add(_ ids: ArraySlice<Int32>, at position: Int, after earlier: [SequenceSpan])
        -> SequenceSpan
    {
        let span = SequenceSpan(start: packed.count, count: ids.count)
        guard span.count > 0 else { return span }
        packed.ids += ids
        packed.positions += (position..<position + ids.count).map { Int32($0) }
        packed.branches.append(BranchSegment(rows: span, earlier: earlier))
        return span
    }
}
