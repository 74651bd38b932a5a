public import Federation
public import Foundation
public import Identity

/// Renews certificates before they end. Only the certificates: everybody keeps the keys that were born in their own folder, so
/// that nothing has to be asked of a clinic, and nothing is interrupted.
///
/// The roster names the new certificates and each party's former one, which opens connections until its holder has fetched the
/// new one. That a party still takes part is what the roster says, before a renewal and after it.
public struct RenewalDesk: Sendable {
    public struct Renewal: Sendable {
        /// New certificates, in the order of the roster.
        public let grants: [EnrolmentGrant]
        public let roster: SignedDocument<Roster>
        public let version: Int
        /// For a coordinator that can't be reached any more, to be carried by hand.
        public let coordinator: CoordinatorGrant?
    }

    let home: AdminHome

    public init(home: AdminHome) { self.home = home }

    /// Every certificate on the roster that this folder holds, and when it ends: the soonest first.
    ///
    /// - Parameter coordinator: the coordinator's, if it was asked.
    public func lives(coordinator: EnrolmentGrant? = nil, at date: Date) async throws -> [CertificateLife] {
        let roster = try await home.roster(at: date).roster
        return try parties(of: roster).compactMap { role, key in
            try certificates(of: role, key: key, coordinator: coordinator).map { CertificateLife($0) }
        }.sorted { $0.notValidAfter < $1.notValidAfter }
    }

    /// Sentences for whoever looks, from ``CertificateLife/warningDays`` before the first end.
    public func warnings(at date: Date) async throws -> [String] {
        let due = try await lives(at: date).filter { $0.isDue(at: date) }
        guard let first = due.first, let warning = first.warning(at: date) else { return [] }
        return [warning + (due.count > 1 ? " \(due.count - 1) more end soon; the same command renews them." : "")]
    }

    /// Issues certificates and signs the roster that names them. All is on disk here before the caller publishes anything; run
    /// again after a crash, it renews what was not renewed.
    ///
    /// - Parameters:
    ///   - days: what ends within so many days is renewed.
    ///   - coordinator: the coordinator's present certificates, if this folder does not hold them.
    ///   - request: or its `request.json`.
    /// - Returns: `nil` if nothing ends so soon.
    /// - Throws: ``AdminError`` `.certificatesUnknown` if a party that is due is not known here.
    public func renew(
        endingWithin days: Int, coordinator: EnrolmentGrant? = nil, request: CoordinatorRequest? = nil, at date: Date
    ) async throws -> Renewal? {
        let date = date.wholeSeconds
        let (_, roster) = try await home.roster(at: date)
        let authority = try home.authority()
        var grants: [EnrolmentGrant] = []
        for (role, key) in parties(of: roster) {
            if role.isCoordinator, let request {
                grants.append(try issue(request, key: key, by: authority, at: date))
                continue
            }
            guard let old = try certificates(of: role, key: key, coordinator: coordinator) else {
                throw AdminError(
                    .certificatesUnknown,
                    role.isCoordinator
                        ? "The coordinator's certificates are not in this folder. Renew while it can be reached, or give its "
                            + "request.json with --coordinator-request."
                        : "The certificates of \(role) are not in this folder. Let it enroll again with a new token.")
            }
            if CertificateLife(old).daysLeft(at: date) < days { grants.append(try authority.renew(old, at: date)) }
        }
        guard !grants.isEmpty else { return nil }
        let next = try roster.renewing(grants, at: date)
        // First what the roster will name: a crash in between leaves certificates that nobody knows of, never a roster that
        // names certificates that are lost.
        for grant in grants { try home.certificates.save(grant) }
        let signed = try await credentials(after: grants, at: date).sign(next, kind: .roster)
        try signed.write(to: home.rosterFile)
        let renewed = grants.first { $0.tlsCertificate.role.isCoordinator }
        return Renewal(
            grants: grants, roster: signed, version: next.version,
            coordinator: renewed.map { CoordinatorGrant(certificates: $0, roster: signed) })
    }

    /// Certificates of this folder that the roster names: what the coordinator should have.
    func published(at date: Date) async throws -> [EnrolmentGrant] {
        let roster = try await home.roster(at: date).roster
        return try home.certificates.all().filter { roster.authorizes($0.tlsCertificate.identity) }
    }

    private func credentials(after grants: [EnrolmentGrant], at date: Date) async throws -> PeerCredentials {
        let own = try home.credentials()
        guard let grant = grants.first(where: { $0.tlsCertificate.role == own.role }) else { return own }
        return try await home.keyFiles.install(grant, role: own.role, authority: own.authority, at: date)
    }

    private func parties(of roster: Roster) -> [(role: PeerRole, key: SigningPublicKey)] {
        ([roster.coordinator] + roster.admins).map { ($0.role, $0.signingKey) }
            + roster.members.map { (.clinic($0.clinic), $0.signingKey) }
    }

    /// The newest certificates of a party for the key that the roster has.
    private func certificates(of role: PeerRole, key: SigningPublicKey, coordinator: EnrolmentGrant?) throws
        -> EnrolmentGrant?
    {
        var known = [try home.certificates.certificates(of: role)]
        switch role {
        case .coordinator: known.append(coordinator)
        case .admin:
            if let own = try? home.credentials(), own.role == role {
                known.append(
                    EnrolmentGrant(
                        tlsCertificate: own.tlsCertificate, signingCertificate: own.signingCertificate,
                        authority: own.authority))
            }
        case .clinic: known += try home.tokens.all().compactMap { $0.use?.grant }
        }
        return known.compactMap { $0 }
            .filter { $0.tlsCertificate.role == role && $0.signingCertificate.identity.signingKey == key }
            .max { CertificateLife($0).notValidAfter < CertificateLife($1).notValidAfter }
    }

    private func issue(
        _ request: CoordinatorRequest, key: SigningPublicKey, by authority: CertificateAuthority, at date: Date
    ) throws -> EnrolmentGrant {
        guard request.signingKey == key else {
            throw AdminError(
                .malformedRequest,
                "This request.json is of another coordinator than the one on the roster. Take the one in its folder.")
        }
        return try authority.grant(request, at: date)
    }
}

extension CertificateAuthority {
    /// What a coordinator gets for its request.
    func grant(_ request: CoordinatorRequest, at date: Date) throws -> EnrolmentGrant {
        EnrolmentGrant(
            tlsCertificate: try issueTLS(
                request.tlsRequest, role: .coordinator, dnsNames: request.dnsNames, ipAddresses: request.ipAddresses,
                at: date),
            signingCertificate: try issueSigning(request.signingKey, role: .coordinator, at: date),
            authority: certificate)
    }
}
