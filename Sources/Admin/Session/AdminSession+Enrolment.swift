public import Foundation
public import Identity
internal import Transport

extension AdminSession {
    /// A token as `token create` prints it, once.
    public struct IssuedToken: Sendable, Encodable {
        /// The secret.
        public let token: String
        /// The same with all else that the clinic needs, for “consilium-node join”.
        public let invitation: String
        public let clinic: ClinicID
        public let expires: Date
    }

    /// Makes a token, keeps its public record here and registers it with the coordinator.
    ///
    /// If the coordinator can't be reached, nothing remains: the secret was shown to nobody.
    public func createToken(clinic: ClinicID, name: String, validHours: Int) async throws -> IssuedToken {
        guard (1...8760).contains(validHours) else {
            throw AdminError(.invalidOption, "A token is valid for 1 to 8,760 hours (a year).")
        }
        let token = try EnrolmentToken(clinic: clinic)
        let issued = now().wholeSeconds
        let record = token.record(issued: issued, expires: issued.addingTimeInterval(Double(validHours) * 3600))
        try home.tokens.save(StoredToken(record: record, name: name))
        do {
            try await client.register(home.credentials().sign(record, kind: .enrolment))
        } catch {
            home.tokens.remove(id: token.id)
            throw error
        }
        let invitation = try Invitation(
            coordinator: client.address.description, authority: AuthorityCertificate(file: home.authorityFile),
            token: token)
        return IssuedToken(
            token: token.text, invitation: try invitation.text(), clinic: clinic, expires: record.expires)
    }

    /// What waits at the coordinator, each request checked here.
    public func reviewEnrolments() async throws -> EnrolmentDesk.Review {
        try await EnrolmentDesk(home: home).review(client.pendingEnrolments(), at: now())
    }

    /// Lets these clinics in.
    ///
    /// Everything is kept here first, the roster goes out before the certificates, and each delivery may be repeated: after
    /// a crash anywhere the same command finishes the work.
    @discardableResult
    public func admit(_ candidates: [EnrolmentDesk.Candidate]) async throws -> EnrolmentDesk.Admission {
        let admission = try await EnrolmentDesk(home: home).admit(candidates, at: now())
        guard !candidates.isEmpty else { return admission }
        try await client.publish(admission.roster)
        for (token, grant) in admission.grants.sorted(by: { $0.key < $1.key }) {
            try await client.grant(grant, token: token)
        }
        return admission
    }

    @discardableResult
    public func revoke(_ clinic: ClinicID) async throws -> EnrolmentDesk.Admission {
        let admission = try await EnrolmentDesk(home: home).revoke(clinic, at: now())
        try await client.publish(admission.roster)
        return admission
    }

    /// Sends the newest roster of this folder, for the case that an earlier command was cut off before it could.
    /// Renewed certificates that the coordinator may not have yet go with it.
    public func publishRoster() async throws {
        try await client.publish(home.roster(at: now()).document)
        let renewed = try await RenewalDesk(home: home).published(at: now())
        for start in stride(from: 0, to: renewed.count, by: 100) {
            try await client.publish(Array(renewed[start..<min(start + 100, renewed.count)]))
        }
    }
}
