import ConsiliumTesting
import Foundation
import Testing

@testable import Node

@Suite("Feedback for training inside the clinic")
struct FeedbackExportTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func fill() async throws {
        let box = try FeedbackBox(folder: folder.path("state"))
        func record(_ decision: FeedbackRecord.Decision, _ chosen: String?, _ rejected: String?) -> FeedbackRecord {
            var record = FeedbackRecord(
                date: Date(timeIntervalSince1970: 5), task: "summary", prompt: "Report: a “nodule”\n",
                decision: decision,
                base: "b")
            (record.chosen, record.rejected) = (chosen, rejected)
            return record
        }
        try await box.add(record(.accept, "good", nil))
        try await box.add(record(.edit, "better", "worse"))
        try await box.add(record(.flag, nil, "wrong"))
    }

    private func lines(_ form: FeedbackExport.Form) throws -> [[String: Any]] {
        let url = folder.path("\(form.rawValue).jsonl")
        let outcome = try FeedbackExport.write(form, from: folder.path("state"), to: url)
        let permissions = try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int
        #expect(permissions == 0o600)
        let lines = try Data(contentsOf: url).split(separator: 0x0a).map {
            try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
        }
        #expect(lines.count == outcome.lines)
        return lines
    }

    @Test("corrected answers are preferences, accepted and corrected ones are training lines")
    func forms() async throws {
        try await fill()
        #expect(
            try FeedbackExport.counts(in: folder.path("state"))
                == .init(accepted: 1, edited: 1, flagged: 1, byTask: ["summary": 3]))
        let preference = try lines(.preference)
        #expect(preference.count == 1 && preference[0]["chosen"] as? String == "better")
        #expect(preference[0]["rejected"] as? String == "worse" && preference[0].count == 3)
        let training = try lines(.training)
        #expect(training.map { $0["response"] as? String } == ["good", "better"])
        #expect(training.allSatisfy { $0["prompt"] as? String == "Report: a “nodule”\n" })
        #expect(try lines(.records).map { $0["decision"] as? String } == ["accept", "edit", "flag"])
    }

    @Test("whoever changes their mind about an answer means the last judgement")
    func changedMinds() async throws {
        let box = try FeedbackBox(folder: folder.path("state"))
        for (answer, decision) in [
            ("a", FeedbackRecord.Decision.accept), ("b", .flag), ("a", .flag), ("b", .edit), (nil, .accept),
            (nil, .accept),
        ] {
            var record = FeedbackRecord(
                date: Date(timeIntervalSince1970: 5), answer: answer, task: "summary", prompt: "p", decision: decision,
                base: "b")
            record.chosen = decision == .flag ? nil : answer ?? "old"
            record.rejected = decision == .accept ? nil : "said"
            try await box.add(record)
        }
        #expect(
            try FeedbackExport.counts(in: folder.path("state"))
                == .init(accepted: 2, edited: 1, flagged: 1, byTask: ["summary": 4]))
        #expect(try lines(.training).map { $0["response"] as? String } == ["b", "old", "old"])
        #expect(try lines(.preference).map { $0["chosen"] as? String } == ["b"])
        #expect(try lines(.records).count == 6)
    }

    @Test("reading changes nothing while a server writes, and what is missing is said")
    func careful() async throws {
        #expect(throws: NodeError(.badInput, "")) { try FeedbackExport.counts(in: folder.path("state")) }
        #expect(!FileManager.default.fileExists(atPath: folder.path("state").path))
        try await fill()
        let file = folder.path("state/feedback.sealed")
        let whole = try Data(contentsOf: file)
        try (whole + Data("AAAA".utf8)).write(to: file)
        #expect(try FeedbackExport.counts(in: folder.path("state")).accepted == 1)
        #expect(try Data(contentsOf: file).count == whole.count + 4)
        try Data().write(to: file)
        #expect(throws: NodeError(.badInput, "")) {
            try FeedbackExport.write(.preference, from: folder.path("state"), to: folder.path("x"))
        }
        #expect(!FileManager.default.fileExists(atPath: folder.path("x").path))
    }
}
