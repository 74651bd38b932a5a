/// Exact match and token F1 of short answers, as the evaluation script of SQuAD 2.0 has them (Rajpurkar et al. 2018).
public struct AnswerMatch: Sendable, Equatable {
    public var exact: Double
    public var f1: Double

    /// Each is the best over all references; without one both are 0.
    public init(prediction: String, references: [String]) {
        let predicted = Self.tokens(prediction)
        let tokens = references.map(Self.tokens)
        exact = tokens.contains(predicted) ? 1 : 0
        f1 = tokens.map { Self.f1(predicted, $0) }.max() ?? 0
    }

    /// Lower case, without ASCII punctuation and English articles.
    static func tokens(_ text: String) -> [PythonText.Word] {
        let scalars = PythonText.lowercased(text).unicodeScalars.filter { !PythonText.isPunctuation($0) }
        var cleaned = String.UnicodeScalarView()
        var word = String.UnicodeScalarView()
        func close() {
            let isArticle = ["a", "an", "the"].contains(String(word))
            cleaned.append(contentsOf: isArticle ? " ".unicodeScalars : word)
            word = String.UnicodeScalarView()
        }
        for scalar in scalars {
            if PythonText.isWordCharacter(scalar) {
                word.append(scalar)
            } else {
                close()
                cleaned.append(scalar)
            }
        }
        close()
        return PythonText.words(String(cleaned))
    }

    private static func f1(_ prediction: [PythonText.Word], _ reference: [PythonText.Word]) -> Double {
        // No answer agrees with no answer alone.
        guard !prediction.isEmpty, !reference.isEmpty else { return prediction == reference ? 1 : 0 }
        var left: [PythonText.Word: Int] = [:]
        for token in reference { left[token, default: 0] += 1 }
        var common = 0
        for token in prediction where left[token, default: 0] > 0 {
            left[token, default: 0] -= 1
            common += 1
        }
        guard common > 0 else { return 0 }
        let precision = Double(common) / Double(prediction.count)
        let recall = Double(common) / Double(reference.count)
        return 2 * precision * recall / (precision + recall)
    }
}
