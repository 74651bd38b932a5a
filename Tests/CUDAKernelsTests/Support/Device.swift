internal import CUDAEmulation
internal import Testing

/// Memory of the emulated device: NaN or nonsense at first, and closed behind its end.
final class DeviceArray<Element: BitwiseCopyable> {
    let pointer: UnsafeMutablePointer<Element>
    let count: Int
    private let bytes: Int

    init(count: Int) throws {
        self.count = count
        bytes = max(count, 1) * MemoryLayout<Element>.stride
        let memory = try #require(consilium_emulation_allocate(bytes))
        pointer = memory.bindMemory(to: Element.self, capacity: max(count, 1))
    }

    convenience init(_ values: [Element]) throws {
        try self.init(count: values.count)
        values.withUnsafeBufferPointer { source in
            if let base = source.baseAddress { pointer.update(from: base, count: count) }
        }
    }

    deinit { consilium_emulation_free(pointer, bytes) }

    var values: [Element] { Array(UnsafeBufferPointer(start: pointer, count: count)) }
}

/// A parameter of a kernel. A pointer keeps its memory alive.
enum Argument {
    case pointer(UnsafeMutableRawPointer?, owner: AnyObject?)
    case integer(Int)
    case float(Float)

    static func array<Element>(_ array: DeviceArray<Element>?, offset: Int = 0) -> Argument {
        .pointer(array.map { UnsafeMutableRawPointer($0.pointer + offset) }, owner: array)
    }
}

extension Argument: ExpressibleByIntegerLiteral {
    init(integerLiteral value: Int) { self = .integer(value) }
}

/// The size of a launch.
struct Grid {
    var blocks: (Int, Int, Int) = (1, 1, 1)
    var threads: (Int, Int, Int) = (256, 1, 1)
    var shared = 0

    init(_ x: Int, _ y: Int = 1, _ z: Int = 1, threads: Int, _ threadsY: Int = 1, shared: Int = 0) {
        blocks = (x, y, z)
        self.threads = (threads, threadsY, 1)
        self.shared = shared
    }

    /// One-dimensional work, with a few blocks, so that threads take several elements.
    static func elements(_ count: Int) -> Grid { Grid(min(3, (count + 255) / 256), threads: 256) }

    static func rows(_ rows: Int, _ width: Int) -> Grid {
        Grid(min(max(rows, 1), 5), min(2, (width + 255) / 256), threads: 256)
    }
}

/// How a kernel is run: the results of a right one are the same bits in every way.
enum Emulation: CaseIterable {
    case ascending, descending, shuffled, immediateCopies

    func configure() {
        switch self {
        case .ascending: consilium_emulation_configure(0, 0)
        case .descending: consilium_emulation_configure(1, 0)
        case .shuffled: consilium_emulation_configure(77, 0)
        case .immediateCopies: consilium_emulation_configure(99, 1)
        }
    }
}

/// Launches a kernel and checks its parameters' kinds first.
func launch(
    _ kernel: String, _ grid: Grid, _ arguments: [Argument], as way: Emulation = .ascending,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let signature = try #require(
        consilium_emulation_signature(kernel).map { String(cString: $0) }, "no kernel \(kernel)",
        sourceLocation: sourceLocation)
    let kinds = arguments.map { argument in
        switch argument {
        case .pointer: "p"
        case .integer: "i"
        case .float: "f"
        }
    }
    try #require(signature == kinds.joined(), "\(kernel)", sourceLocation: sourceLocation)
    var slots = arguments.map { argument in
        switch argument {
        case .pointer(let pointer, _): UInt64(UInt(bitPattern: pointer))
        case .integer(let value): UInt64(bitPattern: Int64(value))
        case .float(let value): UInt64(value.bitPattern)
        }
    }
    way.configure()
    let result = withExtendedLifetime(arguments) {
        emulate(kernel, grid, &slots)
    }
    try #require(
        result == 0, "\(kernel): \(result) \(String(cString: consilium_emulation_message()))",
        sourceLocation: sourceLocation)
}

private func emulate(_ kernel: String, _ grid: Grid, _ slots: inout [UInt64]) -> Int32 {
    slots.withUnsafeMutableBufferPointer { slots in
        var pointers: [UnsafeMutableRawPointer?] = slots.indices.map { index in
            slots.baseAddress.map { UnsafeMutableRawPointer($0 + index) }
        }
        return consilium_emulate_kernel(
            kernel, UInt32(grid.blocks.0), UInt32(grid.blocks.1), UInt32(grid.blocks.2), UInt32(grid.threads.0),
            UInt32(grid.threads.1), UInt32(grid.threads.2), UInt32(grid.shared), &pointers)
    }
}
