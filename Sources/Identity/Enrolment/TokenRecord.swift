public import Foundation

/// What the coordinator keeps of an ``EnrolmentToken``: enough to check an enrolment, not to forge one.
/// It counts only inside a ``SignedDocument`` of an admin.
public struct TokenRecord: Sendable, Hashable, Codable {
    public let id: String
    public let clinic: ClinicID
    public let publicKey: SigningPublicKey
    public let issued: Date
    public let expires: Date

    init(id: String, clinic: ClinicID, publicKey: SigningPublicKey, issued: Date, expires: Date) {
        self.id = id
        self.clinic = clinic
        self.publicKey = publicKey
        self.issued = issued
        self.expires = expires
    }
}
