public import ConsiliumCore
public import Foundation
internal import Tensors

/// Names and shapes of an adapter's tensors, sorted by name: the order in which every update lists its numbers.
public struct AdapterLayout: Codable, Sendable, Equatable {
    public struct Entry: Codable, Sendable, Equatable {
        public var name: String
        public var shape: [Int]
        public var count: Int { shape.reduce(1, *) }

        public init(name: String, shape: [Int]) {
            self.name = name
            self.shape = shape
        }
    }

    public let entries: [Entry]

    public init(entries: [Entry]) { self.entries = entries.sorted { $0.name < $1.name } }

    public var count: Int { entries.reduce(0) { $0 + $1.count } }

    /// SHA-256 over one line a tensor, `<name> <rows> <columns>\n`: equal hashes mean that flat vectors may be added.
    public var hash: ContentHash {
        let lines = entries.map { entry in ([entry.name] + entry.shape.map(String.init)).joined(separator: " ") + "\n" }
        return ContentHash(of: Data(lines.joined().utf8))
    }
}

/// An adapter as the coordinator handles it: numbers with a layout, nothing about models.
public struct AdapterFile: Sendable, Equatable {
    public let layout: AdapterLayout
    /// All tensors one after the other in layout order.
    public var values: [Float]

    public init(layout: AdapterLayout, values: [Float]) throws {
        guard layout.count == values.count else {
            throw FederationError(
                .adapterMismatch, "The adapter has \(values.count) numbers where its layout has \(layout.count).")
        }
        self.layout = layout
        self.values = values
    }

    /// How many numbers are read at once.
    private static let pieceCount = 1 << 20

    /// Reads an `adapter_model.safetensors`.
    /// - Throws: ``TensorsError`` for a malformed file, ``FederationError`` for values that are not finite.
    public init(contentsOf url: URL) throws {
        let file = try SafetensorsFile(url: url)
        var entries: [AdapterLayout.Entry] = []
        for name in file.tensorNames { entries.append(.init(name: name, shape: try file.entry(name).shape)) }
        layout = AdapterLayout(entries: entries)
        let entriesInOrder = layout.entries
        // The file's pages are given back piece by piece, so that an adapter is in memory once and not twice.
        let values = try [Float](unsafeUninitializedCapacity: layout.count) { values, count in
            for entry in entriesInOrder {
                for start in stride(from: 0, to: entry.count, by: Self.pieceCount) {
                    let piece = start..<min(start + Self.pieceCount, entry.count)
                    guard let target = values.baseAddress else { return }
                    try file.read(entry.name, elements: piece, into: target + count)
                    count += piece.count
                    file.release(entry.name)
                }
            }
        }
        guard values.withUnsafeBufferPointer({ VectorOperations.isFinite($0) }) else {
            throw FederationError(
                .adapterMismatch, "The adapter \(url.lastPathComponent) contains NaN or infinite values.")
        }
        self.values = values
    }

    /// Writes the safetensors file; the same values always give the same bytes and so the same hash.
    public func write(to url: URL) throws {
        let stream = try SafetensorsStream(
            layout.entries.map { .init(name: $0.name, type: .float32, shape: $0.shape) }, metadata: ["format": "pt"],
            to: url)
        // The layout's order is that of the names, which is the file's.
        try values.withUnsafeBytes { try stream.append($0) }
        try stream.finish()
    }
}
