/// What a signature is for. It is part of what is signed, so that a signature under one kind of document is worth
/// nothing under another.
public enum DocumentKind: String, Sendable, Codable, CaseIterable {
    case job
    case roster
    case roundResult
    case update
    case consent
    case enrolment
    case withdrawal

    /// What stands before the payload in the signed bytes.
    var domain: String { "consilium/\(rawValue)/v1\n" }
}
