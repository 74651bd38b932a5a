public import Deidentification
internal import Foundation

/// The tagger's thresholds as a clinic's reviews make them, for the kinds of identifiers of which there are enough decisions.
///
/// A kind of which reviewers add what was overlooked gets lower thresholds, a step at each tuning, because nobody knows
/// how far below them the overlooked ones were. A kind of which they only restore what was no identifier gets the highest
/// threshold that still keeps ``recall`` of what they left replaced.
public struct ThresholdTuning: Codable, Sendable, Equatable {
    /// The share of a kind's identifiers that no tuning may give up.
    static let recall = 0.995
    /// Fewer spans of a kind than this tune nothing.
    static let leastSpans = 40
    static let leastChanges = 5
    /// What a threshold is multiplied by where identifiers are overlooked.
    static let step = 0.6

    /// In place of the taggers' own, by kind.
    public var accept: [IdentifierLabel: Double] = [:]
    public var veto: [IdentifierLabel: Double] = [:]

    /// The found and added spans of decided reports.
    struct Spans {
        /// Scores of found spans, which people left replaced or restored.
        var kept: [IdentifierLabel: [Double]] = [:]
        var restored: [IdentifierLabel: [Double]] = [:]
        var overlooked: [IdentifierLabel: Int] = [:]

        mutating func add(found: [IdentifierSpan], _ corrections: SpanCorrections) {
            for span in found {
                let isRestored = corrections.removed.contains { $0.start == span.start && $0.end == span.end }
                if isRestored {
                    restored[span.label, default: []].append(span.score)
                } else {
                    kept[span.label, default: []].append(span.score)
                }
            }
            for span in corrections.added { overlooked[span.label, default: 0] += 1 }
        }
    }

    init() {}

    /// - Parameter current: the thresholds in force.
    init(_ spans: Spans, current: DetectionThresholds) {
        for label in IdentifierLabel.allCases {
            let kept = spans.kept[label] ?? [], restored = spans.restored[label] ?? []
            let overlooked = spans.overlooked[label] ?? 0
            guard kept.count + restored.count + overlooked >= Self.leastSpans else { continue }
            let all = Double(kept.count + overlooked)
            if Double(kept.count) < Self.recall * all {
                guard overlooked >= Self.leastChanges else { continue }
                accept[label] = max(0.02, current.accepted(label) * Self.step)
                veto[label] = current.vetoed(label) * Self.step
            } else if restored.count >= Self.leastChanges {
                accept[label] = Self.highest(kept, restored, all: all, from: current.accepted(label))
            }
        }
    }

    /// With the other's values where it has some.
    func merging(_ other: ThresholdTuning) -> ThresholdTuning {
        var merged = self
        merged.accept.merge(other.accept) { $1 }
        merged.veto.merge(other.veto) { $1 }
        return merged
    }

    /// The highest threshold, in steps of 0.05 up to 0.9, that loses hardly any identifier and spares at least three others
    /// for each.
    private static func highest(_ kept: [Double], _ restored: [Double], all: Double, from current: Double) -> Double? {
        (1...18).map { Double($0) * 0.05 }.filter { $0 > current }.last { threshold in
            let lost = kept.count { $0 < threshold }, spared = restored.count { $0 < threshold }
            return Double(kept.count - lost) >= recall * all && spared >= max(leastChanges, 3 * lost)
        }
    }
}

extension TaggerSet {
    /// Puts a clinic's thresholds in force, in every language.
    mutating func tune(_ tuning: ThresholdTuning) {
        for language in languages {
            var limits = thresholds(language)
            limits.accept.merge(tuning.accept) { $1 }
            limits.veto.merge(tuning.veto) { $1 }
            thresholds[language] = limits
        }
    }
}
