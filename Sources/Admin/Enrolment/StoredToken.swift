public import ConsiliumCore
public import Foundation
public import Identity

/// What the admin keeps of an enrolment token: its public record, never the secret.
public struct StoredToken: Codable, Sendable {
    /// The request that this token let in, with the answer, so that the answer can be repeated and never changed.
    public struct Use: Codable, Sendable {
        public var request: ContentHash
        public var grant: EnrolmentGrant
        public var at: Date

        public init(request: ContentHash, grant: EnrolmentGrant, at: Date) {
            self.request = request
            self.grant = grant
            self.at = at
        }
    }

    public var record: TokenRecord
    /// What people call the clinic.
    public var name: String
    public var use: Use?

    public init(record: TokenRecord, name: String, use: Use? = nil) {
        self.record = record
        self.name = name
        self.use = use
    }
}
