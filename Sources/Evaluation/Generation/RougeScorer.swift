/// ROUGE-1, -2 and -L (Lin 2004) as the package rouge-score 0.1.2 computes them.
///
/// Tokens are runs of ASCII letters and digits of the lower-cased text: other scripts have none, and score 0.
public struct RougeScorer: Sendable {
    public struct Score: Sendable, Equatable {
        public var precision: Double
        public var recall: Double
        public var fMeasure: Double

        init(matches: Int, predicted: Int, reference: Int) {
            precision = Double(matches) / Double(max(predicted, 1))
            recall = Double(matches) / Double(max(reference, 1))
            fMeasure = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0
        }
    }

    public struct Scores: Sendable, Equatable {
        public var rouge1: Score
        public var rouge2: Score
        public var rougeL: Score
    }

    private let stemmer: PorterStemmer?

    /// - Parameter stemming: compare words of more than three letters by their stem (Porter, with NLTK's extensions).
    public init(stemming: Bool = false) { stemmer = stemming ? PorterStemmer() : nil }

    /// Of several references the one with the best F measure counts, for each of the three by itself, and of equally good ones
    /// the first.
    public func score(_ prediction: String, references: [String]) -> Scores {
        let predicted = tokens(prediction)
        let scores = references.map { score(predicted, tokens($0)) }
        func best(_ part: KeyPath<Scores, Score>) -> Score {
            scores.map { $0[keyPath: part] }.reduce(nil) { (best: Score?, next) in
                best.map { $0.fMeasure >= next.fMeasure ? $0 : next } ?? next
            } ?? Score(matches: 0, predicted: 0, reference: 0)
        }
        return Scores(rouge1: best(\.rouge1), rouge2: best(\.rouge2), rougeL: best(\.rougeL))
    }

    func tokens(_ text: String) -> [String] {
        var tokens: [String] = []
        for run in PythonText.lowercased(text).utf8.split(whereSeparator: { !Self.isAlphanumeric($0) }) {
            let word = String(decoding: run, as: UTF8.self)
            tokens.append(run.count > 3 ? stemmer?.stem(word) ?? word : word)
        }
        return tokens
    }

    private func score(_ prediction: [String], _ reference: [String]) -> Scores {
        var numbers: [String: Int32] = [:]
        func numbered(_ tokens: [String]) -> [Int32] {
            tokens.map { token in
                if let number = numbers[token] { return number }
                let number = Int32(numbers.count)
                numbers[token] = number
                return number
            }
        }
        let (left, right) = (numbered(prediction), numbered(reference))
        return Scores(
            rouge1: Self.overlap(left, right, 1), rouge2: Self.overlap(left, right, 2),
            rougeL: Score(
                matches: Self.longestCommonSubsequence(left, right), predicted: left.count, reference: right.count))
    }

    private static func overlap(_ prediction: [Int32], _ reference: [Int32], _ order: Int) -> Score {
        let (left, right) = (counts(prediction, order), counts(reference, order))
        let matches = left.reduce(0) { $0 + min($1.value, right[$1.key] ?? 0) }
        return Score(
            matches: matches, predicted: max(0, prediction.count - order + 1),
            reference: max(0, reference.count - order + 1))
    }

    /// How often each n-gram of one or two tokens occurs.
    private static func counts(_ tokens: [Int32], _ order: Int) -> [Int64: Int] {
        var counts: [Int64: Int] = [:]
        guard tokens.count >= order else { return counts }
        for index in 0...(tokens.count - order) {
            let key = order == 1 ? Int64(tokens[index]) : Int64(tokens[index]) << 32 | Int64(tokens[index + 1])
            counts[key, default: 0] += 1
        }
        return counts
    }

    /// The length of the longest common subsequence, one row of the table at a time.
    private static func longestCommonSubsequence(_ left: [Int32], _ right: [Int32]) -> Int {
        var row = [Int](repeating: 0, count: right.count + 1)
        for token in left {
            var diagonal = 0
            for column in right.indices {
                let above = row[column + 1]
                row[column + 1] = token == right[column] ? diagonal + 1 : max(above, row[column])
                diagonal = above
            }
        }
        return row[right.count]
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7A)
    }
}
