/// Values of one family after the other in Prometheus' text format, version 0.0.4.
struct MetricsText {
    private(set) var text = ""
    private var last: MetricFamily?

    /// A sample; samples of one family must follow each other.
    mutating func add(_ family: MetricFamily, _ labels: [(name: String, value: String)], _ value: Double) {
        head(family)
        line(family.rawValue, labels, value)
    }

    mutating func add(_ family: MetricFamily, _ value: Double) { add(family, [], value) }

    mutating func add(_ family: MetricFamily, _ labels: [(name: String, value: String)], _ histogram: MetricsHistogram)
    {
        head(family)
        var below = 0
        for (bound, count) in zip(family.buckets, histogram.counts) {
            below += count
            line("\(family.rawValue)_bucket", labels + [("le", Self.number(bound))], Double(below))
        }
        line("\(family.rawValue)_bucket", labels + [("le", "+Inf")], Double(histogram.count))
        line("\(family.rawValue)_sum", labels, histogram.sum)
        line("\(family.rawValue)_count", labels, Double(histogram.count))
    }

    private mutating func head(_ family: MetricFamily) {
        guard last != family else { return }
        last = family
        text += "# HELP \(family.rawValue) \(family.help)\n# TYPE \(family.rawValue) \(family.kind.rawValue)\n"
    }

    private mutating func line(_ name: String, _ labels: [(name: String, value: String)], _ value: Double) {
        let list = labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
        text += name + (list.isEmpty ? "" : "{\(list)}") + " \(Self.number(value))\n"
    }

    private static func escaped(_ value: String) -> String {
        var text = ""
        for character in value {
            switch character {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n", "\r\n": text += "\\n"
            default: text.append(character)
            }
        }
        return text
    }

    private static func number(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return "\(value)"
    }
}

/// How many observations fell below each bound, and their sum.
struct MetricsHistogram: Sendable, Equatable {
    /// One more than there are bounds.
    private(set) var counts: [Int]
    private(set) var sum = 0.0

    init(bounds: Int) { counts = Array(repeating: 0, count: bounds + 1) }

    var count: Int { counts.reduce(0, +) }

    mutating func observe(_ value: Double, _ bounds: [Double]) {
        counts[bounds.firstIndex { value <= $0 } ?? counts.count - 1] += 1
        sum += value
    }
}
