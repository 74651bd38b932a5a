internal import ConsiliumCore
internal import Foundation

/// How the operands of a product lie: c = a·bᵀ, a·b or aᵀ·b, all row-major.
enum ProductForm: Int, Hashable, CaseIterable {
    case secondTransposed
    case plain
    case firstTransposed

    /// As in the kernels' names.
    var suffix: String {
        switch self {
        case .secondTransposed: "nt"
        case .plain: "nn"
        case .firstTransposed: "tn"
        }
    }
}

/// c[m,n] (+)= alpha · a · b with bf16 operands; sums are in float32.
struct Product: Hashable {
    var form: ProductForm
    var m: Int
    var n: Int
    var k: Int
    var aStride: Int
    var bStride: Int
    var cStride: Int
    /// The largest power of two that divides the address of c, at most 256.
    var alignment: Int
    var accumulates: Bool
    /// Whether the result is bf16, too.
    var rounds = false
}

/// Products by cuBLASLt. For a new shape its first proposal is used; a shape that comes again gets its proposals timed, and
/// the fastest is kept, in a file too, for this GPU and version of the library.
///
/// Not thread-safe: ``CommandQueue`` owns it.
final class MatmulLibrary {
    private struct Plan {
        var operation: UnsafeMutableRawPointer
        var layouts: [UnsafeMutableRawPointer]
        /// One after the other, each ``MatmulAPI/heuristicBytes``.
        var proposals: [[UInt64]]
        var chosen: Int
        var uses = 0
        var isTimed: Bool
    }

    private let api: MatmulAPI
    private let device: CUDADevice
    private let stream: UnsafeMutableRawPointer?
    private let handle: UnsafeMutableRawPointer
    private let preference: UnsafeMutableRawPointer
    private let workspace: UInt64
    private var plans: [Product: Plan?] = [:]
    private var choices: [String: Int]
    private let choicesFile: URL
    /// What could not be computed by the library and was left to the own kernels.
    private(set) var refused = 0

    static let workspaceBytes = 32 << 20
    private static let mostPlans = 2048
    private static let proposalsAsked: Int32 = 8
    /// Uses of a shape before its proposals are timed: batches without padding have many shapes that come only once.
    private static let usesBeforeTiming = 2

    init(_ api: MatmulAPI, device: CUDADevice, stream: UnsafeMutableRawPointer?, cache: KernelCache) throws {
        self.api = api
        self.device = device
        self.stream = stream
        var (handle, preference): (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?)
        guard api.create(&handle) == 0, api.createPreference(&preference) == 0, let handle, let preference else {
            throw CUDAError(.libraryTooOld, "\(api.name) does not start. The built-in matrix products are used.")
        }
        self.handle = handle
        self.preference = preference
        var memory: UInt64 = 0
        try device.check(device.driver.allocate(&memory, Self.workspaceBytes), "give 32 MiB of memory")
        workspace = memory
        var bytes = Self.workspaceBytes
        _ = api.setPreference(preference, MatmulAPI.Constant.workspaceBytes, &bytes, MemoryLayout<Int>.size)
        let identity = ContentHash(of: Data("\(device.name) \(api.version())".utf8)).short
        choicesFile = cache.folder.appendingPathComponent("products-\(identity).json")
        choices =
            (try? JSONDecoder().decode([String: Int].self, from: DurableFile.read(choicesFile, limit: 1 << 24))) ?? [:]
    }

    func release() {
        for plan in plans.values.compactMap({ $0 }) { release(plan) }
        plans = [:]
        _ = api.destroyPreference(preference)
        _ = api.destroy(handle)
        _ = device.driver.free(workspace)
    }

    private func release(_ plan: Plan) {
        for layout in plan.layouts { _ = api.destroyLayout(layout) }
        _ = api.destroyOperation(plan.operation)
    }

    /// - Parameters:
    ///   - mayTime: whether proposals may be tried out now.
    ///   - scratch: gives memory for that.
    /// - Returns: `false` if the library can't do it.
    func run(
        _ product: Product, c: UInt64, a: UInt64, b: UInt64, alpha: Float, mayTime: Bool,
        scratch: (Int) throws -> UInt64
    ) throws -> Bool {
        if plans.count > Self.mostPlans {
            for plan in plans.values.compactMap({ $0 }) { release(plan) }
            plans = [:]
        }
        if plans[product] == nil { plans[product] = .some(makePlan(product)) }
        guard var plan = plans[product] ?? nil else {
            refused += 1
            return false
        }
        plan.uses += 1
        if mayTime, !plan.isTimed, plan.uses > Self.usesBeforeTiming {
            plan.isTimed = true
            if let memory = try? scratch((product.m - 1) * product.cStride * 4 + product.n * 4) {
                plan.chosen = fastest(plan, c: c, a: a, b: b, d: memory)
                choices[key(product)] = plan.chosen
                if let data = try? JSONEncoder().encode(choices) {
                    try? DurableFile.createFolder(choicesFile.deletingLastPathComponent())
                    try? DurableFile.write(data, to: choicesFile)
                }
            }
        }
        plans[product] = plan
        let beta: Float = product.accumulates ? 1 : 0
        let code = multiply(plan, plan.chosen, c: c, a: a, b: b, d: c, alpha: alpha, beta: beta)
        guard code == 0 else {
            // Never again for this shape; the own kernel takes over.
            release(plan)
            plans[product] = .some(nil)
            refused += 1
            return false
        }
        return true
    }

    private func multiply(
        _ plan: Plan, _ number: Int, c: UInt64, a: UInt64, b: UInt64, d: UInt64, alpha: Float, beta: Float
    ) -> Int32 {
        var (alpha, beta) = (alpha, beta)
        // Row-major matrices are the transposed column-major ones: the library computes cᵀ from b and a.
        return plan.proposals[number].withUnsafeBytes { proposal in
            api.multiply(
                handle, plan.operation, &alpha, b, plan.layouts[0], a, plan.layouts[1], &beta, c, plan.layouts[2], d,
                plan.layouts[2], proposal.baseAddress, workspace, Self.workspaceBytes, stream)
        }
    }

    private func makePlan(_ product: Product) -> Plan? {
        var operation: UnsafeMutableRawPointer?
        guard api.createOperation(&operation, MatmulAPI.Constant.computeFloat32, MatmulAPI.Constant.float32) == 0,
            let operation
        else { return nil }
        // The first operand of the library is b, the second a.
        var first: Int32 = product.form == .secondTransposed ? 1 : 0
        var second: Int32 = product.form == .firstTransposed ? 1 : 0
        _ = api.setOperation(operation, MatmulAPI.Constant.transposeA, &first, 4)
        _ = api.setOperation(operation, MatmulAPI.Constant.transposeB, &second, 4)
        let (m, n, k) = (product.m, product.n, product.k)
        let shapes = [
            (MatmulAPI.Constant.bfloat16, first == 1 ? (k, n) : (n, k), product.bStride),
            (MatmulAPI.Constant.bfloat16, second == 1 ? (m, k) : (k, m), product.aStride),
            (product.rounds ? MatmulAPI.Constant.bfloat16 : MatmulAPI.Constant.float32, (n, m), product.cStride),
        ]
        var layouts: [UnsafeMutableRawPointer] = []
        func abandon() -> Plan? {
            for layout in layouts { _ = api.destroyLayout(layout) }
            _ = api.destroyOperation(operation)
            return nil
        }
        for (type, (rows, columns), stride) in shapes {
            var layout: UnsafeMutableRawPointer?
            guard api.createLayout(&layout, type, UInt64(rows), UInt64(columns), Int64(stride)) == 0, let layout else {
                return abandon()
            }
            layouts.append(layout)
        }
        for (number, attribute) in MatmulAPI.Constant.alignments.enumerated() {
            // Rounded matrices begin where the driver lets memory begin.
            var bytes = UInt32(number < 2 ? 256 : product.alignment)
            _ = api.setPreference(preference, attribute, &bytes, 4)
        }
        let words = MatmulAPI.heuristicBytes / 8
        var results = [UInt64](repeating: 0, count: words * Int(Self.proposalsAsked))
        var found: Int32 = 0
        let code = results.withUnsafeMutableBytes {
            api.heuristics(
                handle, operation, layouts[0], layouts[1], layouts[2], layouts[2], preference, Self.proposalsAsked,
                $0.baseAddress, &found)
        }
        guard code == 0, found > 0, found <= Self.proposalsAsked else { return abandon() }
        let proposals = (0..<Int(found)).map { Array(results[$0 * words..<($0 + 1) * words]) }.filter {
            UInt32(truncatingIfNeeded: $0[MatmulAPI.statusOffset / 8]) == 0
        }
        guard !proposals.isEmpty else { return abandon() }
        let known = choices[key(product)].flatMap { proposals.indices.contains($0) ? $0 : nil }
        return Plan(
            operation: operation, layouts: layouts, proposals: proposals, chosen: known ?? 0, isTimed: known != nil)
    }

    /// The number of the fastest proposal. The result goes to `d`, so that nothing is added to c twice.
    private func fastest(_ plan: Plan, c: UInt64, a: UInt64, b: UInt64, d: UInt64) -> Int {
        let driver = device.driver
        var (start, end): (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?)
        guard driver.createEvent(&start, 0) == 0, driver.createEvent(&end, 0) == 0 else { return plan.chosen }
        defer {
            _ = driver.destroyEvent(start)
            _ = driver.destroyEvent(end)
        }
        var best = (number: plan.chosen, time: Float.infinity)
        for number in plan.proposals.indices {
            // Once to load its code, then timed.
            guard multiply(plan, number, c: d, a: a, b: b, d: d, alpha: 1, beta: 0) == 0,
                driver.recordEvent(start, stream) == 0,
                multiply(plan, number, c: d, a: a, b: b, d: d, alpha: 1, beta: 0) == 0,
                driver.recordEvent(end, stream) == 0, driver.synchronizeEvent(end) == 0
            else { continue }
            var time: Float = 0
            if driver.elapsedTime(&time, start, end) == 0, time < best.time { best = (number, time) }
        }
        return best.number
    }

    private func key(_ product: Product) -> String {
        "\(product.form.suffix) \(product.m) \(product.n) \(product.k) \(product.aStride) \(product.bStride) \(product.cStride) \(product.alignment) \(product.accumulates) \(product.rounds)"
    }
}
