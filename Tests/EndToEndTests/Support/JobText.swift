import ConsiliumTesting
import Foundation

/// A job draft as an admin writes it, small enough for a test.
struct JobText {
    var id = "tiny"
    var baseModel = BaseModels.demo
    var clinics: [String]?
    var rounds = 3
    var steps = 4
    var batch = 2
    var length = 32
    var rate = "1.0e-2"
    /// The `privacy:` mapping in YAML's flow form, or `none`.
    var privacy = "none"
    var minimumClinics: Int?
    var deadlineSeconds = 120
    /// `nil`: masked where there are enough clinics, as a job is by default.
    var secureAggregation: String?
    /// Noise for whole clinics, in YAML's flow form. With it the adapter is as small as it gets: more noise than signal is refused.
    var clinicPrivacy: String?

    /// The `evaluation:` mapping as lines of the draft.
    var evaluation: String?

    static func privacy(epsilon: Double, clip: Double = 0.3, expected: Int = 8) -> String {
        "{epsilon: \(epsilon), delta: 1.0e-5, clipNorm: \(clip), expectedPatients: \(expected)}"
    }

    var yaml: String {
        var lines = """
            id: \(id)
            title: A job of the end-to-end tests
            purpose: Shows that the whole chain works.
            baseModel:
              path: "\(baseModel.path)"
            recipe:
              rank: \(clinicPrivacy == nil ? 8 : 1)
              targets: \(clinicPrivacy == nil ? "[all]" : "[v_proj]")
              alpha: 16
              localSteps: \(steps)
              batchSequences: \(batch)
              sequenceLength: \(length)
              optimizer: {learningRate: \(rate), beta2: 0.99}
            privacy: \(privacy)
            rounds: \(rounds)
            roundDeadlineSeconds: \(deadlineSeconds)
            aggregation:
              secureAggregation: "\(secureAggregation ?? (clinics.map { $0.count < 3 } ?? false ? "off" : "on"))"
            """
        if let minimumClinics { lines += "\n  minimumClinics: \(minimumClinics)" }
        if let clinicPrivacy { lines += "\n  rule: frozen-a\nclinicPrivacy: \(clinicPrivacy)" }
        if let clinics { lines += "\nclinics: [\(clinics.joined(separator: ", "))]" }
        return lines + "\n" + (evaluation ?? "")
    }
}

/// Base models in Hugging Face form.
enum BaseModels {
    static let demo = SharedData.packageRoot.appendingPathComponent("Assets/demo-base")
}
