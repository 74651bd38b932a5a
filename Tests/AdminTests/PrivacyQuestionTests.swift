import Admin
import ConsiliumCore
import ConsiliumTesting
import Foundation
import Privacy
import Testing

@Suite("Questions about epsilon")
struct PrivacyQuestionTests {
    private func object(_ value: some Encodable) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: CanonicalJSON.encode(value)) as? [String: Any])
    }

    @Test("the answer has the form that scripts rely on")
    func epsilonShape() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "events.json",
            #"{"phases":[{"mechanism":"gaussian","noise_multiplier":2,"sampling":{"type":"none"},"steps":4}],"neighbouring":"add_remove"}"#
        )
        let answer = try object(PrivacyQuestions.epsilon(events: file, delta: 1e-5))
        let rdp = try #require(answer["rdp"] as? [String: Any])
        let epsilon = try #require(answer["epsilon"] as? Double)
        // Four Gaussians of 2 are one of 1; its exact epsilon at 1e-5 is 4.3772 (Balle & Wang 2018).
        #expect(epsilon >= 4.377 && epsilon < 4.9)
        #expect(try #require(rdp["epsilon"] as? Double) >= epsilon)
        #expect(rdp["order"] is Double)
        if let pld = answer["pld"] as? [String: Any] { #expect(Set(pld.keys) == ["epsilon", "lower", "interval"]) }
    }

    @Test("many questions are answered by id", .enabled(if: SharedData.isPresent, "needs ../shared"))
    func vectors() throws {
        let file = try #require(SharedData.file("data/dp/vectors.json"))
        let document = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        let all = try #require(document["vectors"] as? [[String: Any]])
        // Enough for the form; the figures themselves are the Privacy module's tests.
        let chosen =
            all.filter { ($0["category"] as? String) == "gaussian" }.prefix(4)
            + all.filter { ($0["id"] as? String) == "calibrate-092" }
        let folder = try TemporaryFolder()
        let part = try folder.write("vectors.json", JSONSerialization.data(withJSONObject: ["vectors": Array(chosen)]))
        let answers = try PrivacyQuestions.answers(vectors: part)
        #expect(answers.unanswered.isEmpty)
        let answer = try object(answers.answers)
        #expect(Set(answer.keys) == Set(chosen.compactMap { $0["id"] as? String }))
        // One number each: the smaller of the two accountants' upper bounds.
        #expect(abs(try #require(answer["gaussian-000"] as? Double) - 19.13077) < 1e-3)
        let noise = try #require(answer["calibrate-092"] as? Double)
        #expect(noise >= 7.031826 && noise < 7.04)
    }

    @Test("calibrated noise keeps the target, and a rate outside (0, 1] is refused")
    func calibration() throws {
        let report = try PrivacyQuestions.calibrate(targetEpsilon: 8, delta: 1e-5, samplingRate: 0.25, steps: 30)
        let noise = try #require(report.rdp)
        let event = PrivacyEvent(
            mechanism: .gaussian(noiseMultiplier: noise), sampling: .poisson(rate: 0.25), steps: 30)
        let epsilon = try RDPAccountant([event]).epsilon(delta: 1e-5).epsilon
        #expect(epsilon <= 8 && epsilon > 7.99)
        #expect(try object(report)["noise_multiplier"] is Double)
        for rate in [0, -0.1, 1.5, Double.nan] {
            #expect(throws: AdminError(.invalidOption, "")) {
                _ = try PrivacyQuestions.calibrate(targetEpsilon: 8, delta: 1e-5, samplingRate: rate, steps: 30)
            }
        }
    }

    @Test("a missing file is told apart from a malformed one")
    func files() throws {
        let folder = try TemporaryFolder()
        #expect(throws: AdminError(.fileMissing, "")) {
            _ = try PrivacyQuestions.epsilon(events: folder.path("x"), delta: 1e-5)
        }
        let file = try folder.write("bad.json", "{")
        #expect(throws: CoreError(.malformedJSON, "")) { _ = try PrivacyQuestions.epsilon(events: file, delta: 1e-5) }
    }
}
