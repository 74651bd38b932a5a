/// A number that may be shown: small ones could point at persons.
public struct SuppressedCount: Sendable, Equatable, Codable, CustomStringConvertible {
    /// Smaller numbers above zero are shown as `<10`.
    public static let smallest = 10

    /// `nil` where it is too small to be shown.
    public let shown: Int?

    public init(_ count: Int) { shown = count == 0 || count >= Self.smallest ? count : nil }

    public var description: String { shown.map(String.init) ?? "<\(Self.smallest)" }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        shown = try? container.decode(Int.self)
    }

    /// A number, or the text `<10`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let shown { try container.encode(shown) } else { try container.encode(description) }
    }
}

/// Counts by name in which no small one can be told, not even by subtraction.
public struct SuppressedTable: Sendable, Equatable, Codable {
    public struct Row: Sendable, Equatable, Codable {
        public let name: String
        public let count: SuppressedCount
    }

    /// The largest first.
    public let rows: [Row]

    /// A whole cut into parts: small parts are added up as “other”, with so many of the next ones that “other” is not small.
    init(parts counts: [String: Int]) {
        var shown = counts.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var other = 0
        while let last = shown.last,
            last.value < SuppressedCount.smallest || (1..<SuppressedCount.smallest).contains(other)
        {
            other += last.value
            shown.removeLast()
        }
        var rows = shown.map { Row(name: $0.key, count: SuppressedCount($0.value)) }
        if other > 0 { rows.append(Row(name: "other", count: SuppressedCount(other))) }
        self.rows = rows
    }

    /// Counts that are no parts of a whole, such as reports with a section: small ones are shown as `<10`.
    init(overlapping counts: [String: Int]) {
        rows = counts.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            Row(name: $0.key, count: SuppressedCount($0.value))
        }
    }
}
