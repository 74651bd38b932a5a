public import Foundation

/// What a clinician made of an answer: material for preference training, on this machine only.
public struct FeedbackRecord: Codable, Sendable, Equatable {
    public enum Decision: String, Codable, Sendable {
        case accept, edit, flag
    }

    public var date: Date
    /// Which answer was judged: whoever judges one again means the last judgement. `nil` in records of older versions.
    public var answer: String?
    public var task: String
    /// What the model was asked, the report included.
    public var prompt: String
    public var decision: Decision
    /// The answer as it should be: accepted, or as edited.
    public var chosen: String?
    /// The answer as it should not be: before an edit, or flagged.
    public var rejected: String?
    public var reason: String?
    public var base: String
    public var adapter: String?
}
