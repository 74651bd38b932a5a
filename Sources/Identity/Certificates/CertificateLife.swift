public import Foundation

/// How much time a certificate has left, in words for whoever has to do something about it.
public struct CertificateLife: Sendable, Hashable {
    /// Whoever looks is told from so many days before the end.
    public static let warningDays = 60

    public let role: PeerRole
    public let notValidAfter: Date

    public init(role: PeerRole, notValidAfter: Date) {
        self.role = role
        self.notValidAfter = notValidAfter
    }

    /// The earlier end of the two.
    public init(_ credentials: PeerCredentials) {
        self.init(
            EnrolmentGrant(
                tlsCertificate: credentials.tlsCertificate, signingCertificate: credentials.signingCertificate,
                authority: credentials.authority))
    }

    public init(_ grant: EnrolmentGrant) {
        self.init(
            role: grant.tlsCertificate.role,
            notValidAfter: min(
                grant.tlsCertificate.identity.notValidAfter, grant.signingCertificate.identity.notValidAfter))
    }

    /// Whole days that are left; negative after the end.
    public func daysLeft(at date: Date) -> Int {
        Int((notValidAfter.timeIntervalSince(date) / 86_400).rounded(.down))
    }

    public func isDue(at date: Date) -> Bool { daysLeft(at: date) < Self.warningDays }

    /// `nil` as long as nothing has to be done.
    public func warning(at date: Date) -> String? {
        guard isDue(at: date) else { return nil }
        let days = daysLeft(at: date)
        let when =
            days < 0
            ? "ended on \(notValidAfter.formatted(.iso8601))" : days == 1 ? "ends in 1 day" : "ends in \(days) days"
        let admin = "run “consilium-admin renew”"
        return "The certificate of \(role) \(when): "
            + "\(role.isAdmin ? "" : "ask the consortium's admin to ")\(admin)."
    }
}
