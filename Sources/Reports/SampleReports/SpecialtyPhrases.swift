internal import ConsiliumCore

/// The sentence templates of one specialty.
///
/// `{a|b}` is a choice, `{x}` a value of the case at hand, `{age}` and `{sex}` come from the patient. A condition's sentences
/// belong together, so that an impression follows from its findings.
struct SpecialtyPhrases: Sendable {
    struct Condition: Sendable {
        var history: [String]
        var findings: [String]
        var impression: [String]
        var plan: [String]
    }

    /// Headings of the four sections.
    var headings: [String]
    /// Whether a heading stands on a line of its own.
    var headingAlone: Bool
    var kinds: [String]
    var facility: String
    var conditions: [Condition]
    var commonHistory: [String]
    var commonFindings: [String]
    var commonPlan: [String]
    /// Draws the numbers of one case; related ones are drawn together.
    var values: @Sendable (inout SampleRandom) -> [String: String]

    /// All templates, to count them.
    var templates: [String] {
        conditions.flatMap { $0.history + $0.findings + $0.impression + $0.plan } + commonHistory + commonFindings
            + commonPlan
    }
}

/// Draws for sample reports. Its own arithmetic, so that the same seed gives the same bytes with every Swift version.
struct SampleRandom {
    private var generator: ReproducibleGenerator

    init(seed: UInt64, label: String) { generator = ReproducibleGenerator(seed: seed, label: label) }

    mutating func below(_ bound: Int) -> Int { bound <= 1 ? 0 : Int(generator.next() % UInt64(bound)) }
    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }
    mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
    /// Empty for an empty list.
    mutating func pick(_ list: [String]) -> String { list.isEmpty ? "" : list[below(list.count)] }
    /// One digit after the point: `tenths(12...18)` is 1.2 to 1.8.
    mutating func tenths(_ range: ClosedRange<Int>) -> String {
        let value = number(range)
        return "\(value / 10).\(value % 10)"
    }
    /// `count` different elements in a drawn order.
    mutating func some(_ list: [String], _ count: Int) -> [String] {
        var rest = list
        var taken: [String] = []
        while taken.count < count, !rest.isEmpty { taken.append(rest.remove(at: below(rest.count))) }
        return taken
    }
}
