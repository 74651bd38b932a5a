/// A laboratory value as a report writes it.
public struct LabResult: Sendable, Hashable {
    public enum Verdict: String, Sendable, Hashable, Codable {
        case low, high, normal
    }

    /// The test, as written.
    public let name: String
    /// The value, as written: `9.2`, `<0.01`.
    public let written: String
    public let value: Double
    public let unit: String?
    /// The bounds of the reference range that stands beside the value; both `nil` if there is none.
    public let low: Double?
    public let high: Double?
    /// The range, as written.
    public let range: String?
    /// The flag beside the value, where there is one. `A` and `*` say only that something is not normal.
    public let flag: Verdict?
    /// Whether the value is a bound itself, such as `<0.01`.
    let comparison: Comparison

    enum Comparison: Sendable, Hashable { case equal, below, above }

    /// Computed from value and range alone; `nil` without a range, or where `<5` leaves it open.
    public var verdict: Verdict? {
        guard low != nil || high != nil else { return nil }
        switch comparison {
        case .equal:
            if let low, value < low { return .low }
            if let high, value > high { return .high }
            return .normal
        case .below:
            if let low, value <= low { return .low }
            if let high, value <= high, low == nil { return .normal }
            return nil
        case .above:
            if let high, value >= high { return .high }
            if let low, value >= low, high == nil { return .normal }
            return nil
        }
    }

    /// Whether the flag says something else than value and range: one of the three is a slip.
    public var isContradicted: Bool {
        guard let flag, let verdict else { return false }
        return flag != verdict
    }
}

/// The laboratory values of a report's sections, as placeholders give them.
struct LabSummary {
    let abnormal: String?
    let normal: String?
    let hasAbnormal: Bool

    /// Where values stand.
    static let places: Set<SectionKind> = [.labs, .results]

    init(of sections: ReportSections) {
        let results = sections.sections.filter { $0.kind.map(Self.places.contains) ?? false }.flatMap {
            LabParser.results(in: $0.body)
        }
        let judged = results.filter { $0.verdict != nil }
        // A report that contradicts itself is no teacher.
        guard !judged.isEmpty, !results.contains(where: \.isContradicted) else {
            (abnormal, normal, hasAbnormal) = (nil, nil, false)
            return
        }
        let outside = judged.filter { $0.verdict != .normal }
        hasAbnormal = !outside.isEmpty
        abnormal =
            outside.isEmpty
            ? "All values are within their reference range." : outside.map(Self.line).joined(separator: "\n")
        let inside = judged.filter { $0.verdict == .normal }
        normal = inside.isEmpty ? nil : inside.map(Self.line).joined(separator: "\n")
    }

    private static func line(_ result: LabResult) -> String {
        let unit = result.unit.map { " \($0)" } ?? ""
        return "\(result.name) \(result.written)\(unit): \(result.verdict?.rawValue ?? "") (\(result.range ?? ""))"
    }
}
