internal import ConsiliumCore
public import Foundation

/// `consilium-node feedback`: what clinicians made of answers, for training inside the clinic.
///
/// No egress kind exists for it, and no job reads it: whoever exports it holds text of reports and answers for it.
public enum FeedbackExport {
    /// How many answers were judged, and how; says nothing of what is in them. An answer that was judged several times
    /// counts as it was last.
    public struct Counts: Codable, Sendable, Equatable {
        public var accepted = 0
        public var edited = 0
        public var flagged = 0
        /// By the task that was asked for.
        public var byTask: [String: Int] = [:]
    }

    public enum Form: String, Sendable, CaseIterable {
        /// `{"prompt","chosen","rejected"}`, as trainers for preferences (DPO) take them: answers that were corrected.
        case preference
        /// `{"prompt","response"}`, as `train` takes them: answers that were accepted or corrected.
        case training
        /// Every judgement as it was given, also those that a later one of the same answer replaced.
        case records
    }

    public struct Outcome: Codable, Sendable {
        public var out: String
        public var lines: Int
    }

    private struct Preference: Encodable {
        var prompt: String
        var chosen: String
        var rejected: String
    }

    private struct Training: Encodable {
        var prompt: String
        var response: String
    }

    /// - Parameter folder: of the server (`serve --state`).
    /// - Throws: ``NodeError`` as ``FeedbackBox``.
    public static func counts(in folder: URL) throws -> Counts {
        var counts = Counts()
        for record in standing(try FeedbackBox.records(in: folder)) {
            switch record.decision {
            case .accept: counts.accepted += 1
            case .edit: counts.edited += 1
            case .flag: counts.flagged += 1
            }
            counts.byTask[record.task, default: 0] += 1
        }
        return counts
    }

    /// Of each answer the last judgement: an answer that was accepted and then flagged is not accepted.
    private static func standing(_ records: [FeedbackRecord]) -> [FeedbackRecord] {
        var last: [String: Int] = [:]
        for (index, record) in records.enumerated() { if let answer = record.answer { last[answer] = index } }
        return records.enumerated().filter { index, record in record.answer.map { last[$0] == index } ?? true }
            .map(\.element)
    }

    /// Writes JSON Lines for this user alone.
    /// - Throws: ``NodeError`` as ``FeedbackBox``, `.badInput` if no judgement gives a line of this form; errors of the disk.
    public static func write(_ form: Form, from folder: URL, to url: URL) throws -> Outcome {
        let records = try FeedbackBox.records(in: folder)
        let lines = try (form == .records ? records : standing(records)).compactMap { record -> Data? in
            switch form {
            case .records: return try CanonicalJSON.encode(record)
            case .preference:
                guard let chosen = record.chosen, let rejected = record.rejected else { return nil }
                return try CanonicalJSON.encode(
                    Preference(prompt: record.prompt, chosen: chosen, rejected: rejected))
            case .training:
                guard let chosen = record.chosen else { return nil }
                return try CanonicalJSON.encode(Training(prompt: record.prompt, response: chosen))
            }
        }
        guard !lines.isEmpty else {
            throw NodeError(
                .badInput,
                "There is no judgement of this kind yet. Preferences come from corrected answers, training lines from accepted and corrected ones."
            )
        }
        try DurableFile.write(Data(lines.joined(separator: [0x0a]) + [0x0a]), to: url, permissions: 0o600)
        return Outcome(out: url.path, lines: lines.count)
    }
}
