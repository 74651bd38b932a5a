internal import Foundation

/// How likely a model finds each class of one item, and which is right.
public struct ClassificationResult: Sendable, Equatable {
    /// The patient, where a patient may have several items; otherwise anything that is its own.
    public var unit: String
    /// One for each class; they need not add up to 1.
    public var scores: [Double]
    public var label: Int

    public init(unit: String, scores: [Double], label: Int) {
        self.unit = unit
        self.scores = scores
        self.label = label
    }

    /// The most likely class, the first of equally likely ones.
    public var prediction: Int {
        var best = 0
        for index in scores.indices where scores[index] > scores[best] { best = index }
        return best
    }

    /// exp(logit) / Σ exp(logit)
    public static func softmax(_ logits: [Double]) -> [Double] {
        let largest = logits.max() ?? 0
        let weights = logits.map { exp($0 - largest) }
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }
}

extension ScoreSheet {
    /// Accuracy; F1 as scikit-learn averages it over the classes that occur (`macro`) and over all decisions (`micro`); the
    /// area under the ROC curve, of the last class where there are two, else the mean over one class against the rest.
    ///
    /// - Throws: ``EvaluationError`` `.invalidInput` for items whose scores are not one finite number a class, and for labels
    ///   outside of the classes.
    public init(_ results: [ClassificationResult], classes: Int) throws {
        guard !results.isEmpty, classes >= 2 else {
            throw EvaluationError(.invalidInput, "A classification needs at least one item and two classes.")
        }
        for result in results {
            guard result.scores.count == classes, result.scores.allSatisfy(\.isFinite),
                (0..<classes).contains(result.label)
            else {
                throw EvaluationError(
                    .invalidInput,
                    "An item has no finite score for each of \(classes) classes, or a label outside of them. Check the labels and the adapter."
                )
            }
        }
        let predictions = results.map(\.prediction)
        // For each class: right, predicted, true.
        let counts = zip(results, predictions).map { result, prediction in
            var vector = [Double](repeating: 0, count: 3 * classes)
            if prediction == result.label { vector[3 * prediction] = 1 }
            vector[3 * prediction + 1] += 1
            vector[3 * result.label + 2] += 1
            return vector
        }
        let curves = (0..<classes).map { index in
            AreaUnderCurve(scores: results.map { $0.scores[index] }, isPositive: results.map { $0.label == index })
        }
        self.init(
            units: results.map(\.unit),
            metrics: [
                Metric("accuracy", mean: zip(results, predictions).map { $0.label == $1 ? 1 : 0 }),
                Metric("f1_macro", sums: counts) { Self.macroF1($0) },
                Metric("f1_micro", sums: counts) { Self.microF1($0) },
                Metric("auroc") { drawn in
                    guard classes > 2 else { return curves[1].value(of: drawn) }
                    return curves.reduce(0) { $0 + $1.value(of: drawn) } / Double(classes)
                },
            ])
    }

    private static func macroF1(_ counts: [Double]) -> Double {
        var (sum, classes) = (0.0, 0.0)
        for start in stride(from: 0, to: counts.count, by: 3) where counts[start + 1] + counts[start + 2] > 0 {
            sum += 2 * counts[start] / (counts[start + 1] + counts[start + 2])
            classes += 1
        }
        return sum / classes
    }

    private static func microF1(_ counts: [Double]) -> Double {
        var (right, all) = (0.0, 0.0)
        for start in stride(from: 0, to: counts.count, by: 3) {
            right += counts[start]
            all += counts[start + 1] + counts[start + 2]
        }
        return 2 * right / all
    }
}
