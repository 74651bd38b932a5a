/// A span that a stage proposes. Candidates may overlap; ``SpanResolver`` makes them disjoint.
struct Candidate: Sendable, Equatable {
    var start: Int
    var end: Int
    var label: IdentifierLabel
    var score: Double
    /// From the record itself: no veto removes it.
    var known = false
    /// Which rule proposed it.
    var rule = RuleKind.unspecified
    /// Which stage proposed it; `nil` is the rules, or the record if it is known.
    var stage: DetectionStage?
}
