public import ConsiliumCore

/// Which factors of the low-rank products a round trains and sends. Tensors that belong to no product count with B.
public enum AdapterFactors: String, Sendable, Codable, CaseIterable {
    case both
    case onlyA = "a"
    case onlyB = "b"

    func contains(_ entry: AdapterLayout.Entry) -> Bool {
        switch self {
        case .both: true
        case .onlyA: entry.isA
        case .onlyB: !entry.isA
        }
    }
}

extension AdapterLayout.Entry {
    static let suffixA = ".lora_A.weight"
    static let suffixB = ".lora_B.weight"

    var isA: Bool { name.hasSuffix(Self.suffixA) }
}

extension AdapterLayout {
    /// The tensors of these factors alone.
    public func part(_ factors: AdapterFactors) -> AdapterLayout {
        AdapterLayout(entries: entries.filter(factors.contains))
    }

    /// Where the values of these factors are in the flat vector, in order and as few ranges as possible.
    public func ranges(_ factors: AdapterFactors) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var offset = 0
        for entry in entries {
            let range = offset..<offset + entry.count
            offset = range.upperBound
            guard factors.contains(entry) else { continue }
            if let last = ranges.last, last.upperBound == range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
            } else {
                ranges.append(range)
            }
        }
        return ranges
    }

    /// The same layers with another rank: A [rank, input], B [output, rank]. Other tensors stay.
    public func withRank(_ rank: Int) -> AdapterLayout {
        AdapterLayout(
            entries: entries.map { entry in
                guard entry.shape.count == 2 else { return entry }
                if entry.isA { return Entry(name: entry.name, shape: [rank, entry.shape[1]]) }
                if entry.name.hasSuffix(Entry.suffixB) {
                    return Entry(name: entry.name, shape: [entry.shape[0], rank])
                }
                return entry
            })
    }

    /// One low-rank product B · A and where its factors are.
    public struct Product: Sendable, Equatable {
        public let module: String
        /// A is [rank, input].
        public let a: Range<Int>
        /// B is [output, rank].
        public let b: Range<Int>
        public let rank: Int
        public let input: Int
        public let output: Int
    }

    /// All low-rank products, in the order of their A.
    /// - Throws: ``FederationError`` `.adapterMismatch` for a tensor that belongs to no product, or to one with other shapes.
    public func products() throws -> [Product] {
        var offsets: [String: (range: Range<Int>, shape: [Int])] = [:]
        var offset = 0
        for entry in entries {
            offsets[entry.name] = (offset..<offset + entry.count, entry.shape)
            offset += entry.count
        }
        var products: [Product] = []
        for entry in entries where entry.isA {
            let module = String(entry.name.dropLast(Entry.suffixA.count))
            guard let a = offsets[entry.name], let b = offsets[module + Entry.suffixB], a.shape.count == 2,
                b.shape.count == 2, a.shape[0] == b.shape[1]
            else { throw Self.notLowRank(entry.name) }
            products.append(
                Product(
                    module: module, a: a.range, b: b.range, rank: a.shape[0], input: a.shape[1], output: b.shape[0]))
        }
        guard products.count * 2 == entries.count else {
            let known = Set(products.flatMap { [$0.module + Entry.suffixA, $0.module + Entry.suffixB] })
            throw Self.notLowRank(entries.first { !known.contains($0.name) }?.name ?? "")
        }
        return products
    }

    private static func notLowRank(_ name: String) -> FederationError {
        FederationError(
            .adapterMismatch,
            "The tensor “\(name.prefix(120))” is no factor of a low-rank product; products can't be averaged with it.")
    }
}

extension AdapterFile {
    /// The values of some factors, in layout order.
    public func values(_ factors: AdapterFactors) -> [Float] {
        factors == .both ? values : layout.ranges(factors).flatMap { values[$0] }
    }

    /// SHA-256 over the values of some factors as float32, little-endian, in layout order.
    public func hash(of factors: AdapterFactors) -> ContentHash {
        let hasher = ContentHasher()
        values(factors).map { $0.bitPattern.littleEndian }.withUnsafeBytes { hasher.update(bytes: $0) }
        return hasher.finalize()
    }

    /// The first `rank` components of every product: rows of A, columns of B.
    /// - Throws: ``FederationError`` `.adapterMismatch` if it has fewer.
    public func truncated(toRank rank: Int) throws -> AdapterFile {
        let smaller = layout.withRank(rank)
        if smaller == layout { return self }
        var result = [Float](repeating: 0, count: smaller.count)
        for (old, new) in zip(try layout.products(), try smaller.products()) {
            guard new.rank <= old.rank, new.rank >= 1 else {
                throw FederationError(
                    .adapterMismatch, "An adapter of rank \(old.rank) can't be cut to rank \(new.rank).")
            }
            result.replaceSubrange(new.a, with: values[old.a.prefix(new.a.count)])
            for row in 0..<new.output {
                for column in 0..<new.rank {
                    result[new.b.lowerBound + row * new.rank + column] =
                        values[old.b.lowerBound + row * old.rank + column]
                }
            }
        }
        return try AdapterFile(layout: smaller, values: result)
    }
}
