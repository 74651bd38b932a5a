public import Foundation

extension Roster {
    /// The next roster, in which these parties have renewed certificates for the keys that they had.
    ///
    /// - Throws: ``IdentityError`` `.notInRoster` for a party that this roster does not list, `.keyMismatch` for another key:
    ///   a renewal never replaces keys.
    public func renewing(_ grants: [EnrolmentGrant], at date: Date) throws -> Roster {
        var next = try replacing(members: members, at: date)
        for grant in grants {
            try next.replaceCertificates(by: grant)
        }
        try next.validate()
        return next
    }

    private mutating func replaceCertificates(by grant: EnrolmentGrant) throws {
        let role = grant.tlsCertificate.role
        switch role {
        case .clinic(let id):
            guard let old = member(id) else { throw Self.unlisted(role) }
            var new = try Member(
                name: old.name, tlsCertificate: grant.tlsCertificate, signingCertificate: grant.signingCertificate)
            guard new.signingKey == old.signingKey else { throw Self.otherKey(role) }
            new.previousTLSFingerprint = old.tlsFingerprint
            replace(new)
        case .coordinator: try coordinator.renew(by: grant)
        case .admin:
            guard let index = admins.firstIndex(where: { $0.role == role }) else { throw Self.unlisted(role) }
            try admins[index].renew(by: grant)
        }
    }

    fileprivate static func unlisted(_ role: PeerRole) -> IdentityError {
        IdentityError(.notInRoster, "There is nothing to renew: \(role) is not on the roster.")
    }

    fileprivate static func otherKey(_ role: PeerRole) -> IdentityError {
        IdentityError(
            .keyMismatch,
            "The roster has another key for \(role) than its certificates. Let it enroll with a new token.")
    }
}

extension Roster.Official {
    fileprivate mutating func renew(by grant: EnrolmentGrant) throws {
        var new = try Roster.Official(
            tlsCertificate: grant.tlsCertificate, signingCertificate: grant.signingCertificate)
        guard new.role == role, new.signingKey == signingKey else { throw Roster.otherKey(role) }
        new.previousTLSFingerprint = tlsFingerprint
        self = new
    }
}
