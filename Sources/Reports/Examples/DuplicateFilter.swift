internal import ConsiliumCore
internal import Foundation

/// Leaves out examples that were there already, word for word or nearly so, such as a note that was copied forward.
///
/// Near means that of the five-word runs of two texts together at least four fifths are in both (Jaccard similarity).
/// Candidates come from MinHash with 128 permutations in 25 bands of 5 (Broder 1997; Leskovec, Rajaraman, Ullman 2014, ch. 3):
/// a pair at the threshold is missed once in twenty thousand times. Each candidate is verified on the runs themselves. The
/// first of several stays; the same examples in the same order always give the same result.
///
/// Within a patient this is safe under differential privacy. Across patients it is not: whether one patient's note is kept
/// would then depend on another patient being there, and leaving that one out would change two patients' data.
public struct DuplicateFilter: Sendable {
    public enum Scope: String, Sendable, Hashable, Codable, CaseIterable {
        /// Nothing is left out.
        case none
        /// Only examples of the same patient are compared.
        case patient
        /// All examples of the clinic are compared.
        case clinic
    }

    public enum Verdict: String, Sendable, Hashable, Codable {
        case kept, duplicate, nearDuplicate
    }

    public struct Counts: Sendable, Hashable, Codable {
        public var kept = 0
        public var duplicates = 0
        public var nearDuplicates = 0

        public init(kept: Int = 0, duplicates: Int = 0, nearDuplicates: Int = 0) {
            self.kept = kept
            self.duplicates = duplicates
            self.nearDuplicates = nearDuplicates
        }
    }

    public let scope: Scope
    public let threshold: Double
    public private(set) var counts = Counts()

    /// The runs of each kept text, sorted.
    private var kept: [[UInt32]] = []
    private var exact: Set<UInt64> = []
    private var buckets: [UInt64: Bucket] = [:]

    /// Most buckets hold one text; a set for each would be most of the memory.
    private enum Bucket {
        case one(UInt32)
        case many([UInt32])
    }

    /// Texts that share a band with more than this many kept ones are compared with the first ones only.
    private static let maximumBucket = 48
    private static let maximumCandidates = 192

    /// - Parameter threshold: Jaccard similarity from which two texts are near duplicates; 0.5 to 1.
    public init(scope: Scope, threshold: Double = 0.8) {
        self.scope = scope
        self.threshold = min(max(threshold, 0.5), 1)
    }

    /// Whether the example is to be kept. Counts it.
    public mutating func admit(_ example: TrainingExample) -> Verdict {
        guard scope != .none else {
            counts.kept += 1
            return .kept
        }
        // Examples of different templates are different tasks, even over the same words.
        var salt = Shingles.hash(example.template.utf8, seed: 0x5eed)
        if scope == .patient { salt = Shingles.hash(example.patient.hex.utf8, seed: salt) }
        let prompt = example.prompt.map { $0 + "\n" } ?? ""
        return admit(prompt + example.response, salt: salt)
    }

    mutating func admit(_ text: String, salt: UInt64) -> Verdict {
        let shingles = Shingles(text)
        guard exact.insert(Shingles.mixed(shingles.whole ^ salt)).inserted else {
            counts.duplicates += 1
            return .duplicate
        }
        let runs = shingles.runs
        guard !runs.isEmpty else {
            counts.kept += 1
            return .kept
        }
        let keys = MinHash.bands(of: runs).enumerated().map { Shingles.mixed($1 ^ salt &+ UInt64($0) &* 0x9e37_79b9) }
        if hasNear(runs, keys) {
            counts.nearDuplicates += 1
            return .nearDuplicate
        }
        let number = UInt32(clamping: kept.count)
        kept.append(runs)
        for key in keys { add(number, to: key) }
        counts.kept += 1
        return .kept
    }

    private func hasNear(_ runs: [UInt32], _ keys: [UInt64]) -> Bool {
        var seen: Set<UInt32> = []
        for key in keys {
            guard let bucket = buckets[key] else { continue }
            switch bucket {
            case .one(let number):
                if seen.insert(number).inserted, isNear(runs, number) { return true }
            case .many(let numbers):
                for number in numbers where seen.insert(number).inserted {
                    if isNear(runs, number) { return true }
                }
            }
            if seen.count >= Self.maximumCandidates { return false }
        }
        return false
    }

    private func isNear(_ runs: [UInt32], _ number: UInt32) -> Bool {
        guard kept.indices.contains(Int(number)) else { return false }
        return Shingles.areSimilar(runs, kept[Int(number)], threshold: threshold)
    }

    private mutating func add(_ number: UInt32, to key: UInt64) {
        switch buckets[key] {
        case nil: buckets[key] = .one(number)
        case .one(let first): buckets[key] = .many([first, number])
        case .many(var numbers):
            guard numbers.count < Self.maximumBucket else { return }
            buckets[key] = nil
            numbers.append(number)
            buckets[key] = .many(numbers)
        }
    }
}
