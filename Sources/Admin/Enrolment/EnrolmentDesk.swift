public import ConsiliumCore
public import Foundation
public import Identity

/// Decides who joins. Everything here happens on the admin's machine; the coordinator only carries requests and answers.
public struct EnrolmentDesk: Sendable {
    /// A request that is what it claims to be; a person may still say no.
    public struct Candidate: Sendable {
        public let clinic: ClinicID
        public let name: String
        public let tokenID: String
        /// SHA-256 of the signing key, which signed the whole request: what two people compare by telephone.
        public let fingerprint: ContentHash
        /// The clinic is on the roster with other keys, which this enrolment replaces.
        public let replacesMember: Bool
        /// The same request was granted before; the answer is only repeated.
        public let isRepeated: Bool
        let request: ContentHash
        let content: EnrolmentRequest.Content
    }

    public struct Refusal: Sendable {
        /// As claimed, for the person at the terminal.
        public let tokenID: String
        public let reason: IdentityError
    }

    public struct Review: Sendable {
        public var candidates: [Candidate] = []
        public var refused: [Refusal] = []
    }

    public struct Admission: Sendable {
        public let roster: SignedDocument<Roster>
        public let version: Int
        public let members: [Roster.Member]
        /// What each clinic gets, by token id.
        public let grants: [String: EnrolmentGrant]
    }

    let home: AdminHome

    public init(home: AdminHome) { self.home = home }

    /// Checks each request against the token records kept here; nothing that the coordinator says about it counts.
    public func review(_ requests: [EnrolmentRequest], at date: Date) async throws -> Review {
        let roster = try await home.roster(at: date).roster
        var review = Review()
        for request in requests {
            let id = (try? request.claimedTokenID()) ?? "unreadable"
            do {
                review.candidates.append(try candidate(request, id: id, roster: roster, at: date))
            } catch let error as IdentityError {
                review.refused.append(Refusal(tokenID: String(id.prefix(16)), reason: error))
            }
        }
        return review
    }

    private func candidate(_ request: EnrolmentRequest, id: String, roster: Roster, at date: Date) throws -> Candidate {
        let token = try home.tokens.token(id: id)
        let isRepeated = token?.use?.request == request.contentHash
        let content = try request.verify(
            against: token?.record, used: token?.use != nil && !isRepeated,
            // A repeated answer is still good after the token has run out.
            at: isRepeated ? token?.use?.at ?? date : date)
        let member = roster.member(content.clinic)
        if isRepeated, member?.tlsFingerprint != token?.use?.grant.tlsCertificate.fingerprint {
            throw IdentityError(
                .usedToken,
                "This enrolment was granted before and has been revoked or replaced since. Make a new token for the clinic."
            )
        }
        let others =
            roster.members.filter { $0.clinic != content.clinic }.map(\.signingKey)
            + ([roster.coordinator] + roster.admins).map(\.signingKey)
        guard !others.contains(content.signingKey) else {
            throw IdentityError(
                .keyMismatch, "The request names a signing key that another party has. Each clinic makes its own keys.")
        }
        return Candidate(
            clinic: content.clinic, name: token?.name ?? content.clinic.text, tokenID: content.tokenID,
            fingerprint: ContentHash(of: content.signingKey.bytes), replacesMember: member != nil && !isRepeated,
            isRepeated: isRepeated, request: request.contentHash, content: content)
    }

    /// Issues certificates and signs the next roster. All is on disk here before the caller publishes anything.
    ///
    /// With repeated requests alone the roster stays as it is.
    public func admit(_ candidates: [Candidate], at date: Date) async throws -> Admission {
        let date = date.wholeSeconds
        let (document, roster) = try await home.roster(at: date)
        let authority = try home.authority()
        var grants: [String: EnrolmentGrant] = [:]
        var members = Dictionary(uniqueKeysWithValues: roster.members.map { ($0.clinic, $0) })
        var used: [StoredToken] = []
        for candidate in candidates {
            guard var token = try home.tokens.token(id: candidate.tokenID) else {
                throw IdentityError(
                    .unknownToken, "The record of an enrolment token has gone from \(home.tokens.folder.path).")
            }
            if let use = token.use, use.request == candidate.request {
                grants[candidate.tokenID] = use.grant
                continue
            }
            let grant = try authority.grant(candidate.content, at: date)
            grants[candidate.tokenID] = grant
            var member = try Roster.Member(
                name: candidate.name, tlsCertificate: grant.tlsCertificate, signingCertificate: grant.signingCertificate
            )
            // Enrolled again with the keys that it has: what it is doing goes on meanwhile.
            if let old = members[candidate.clinic], old.signingKey == member.signingKey {
                member.previousTLSFingerprint = old.tlsFingerprint
            }
            members[candidate.clinic] = member
            token.use = StoredToken.Use(request: candidate.request, grant: grant, at: date)
            used.append(token)
        }
        guard !used.isEmpty else {
            return Admission(roster: document, version: roster.version, members: roster.members, grants: grants)
        }
        let next = try roster.replacing(members: Array(members.values), at: date)
        let signed = try home.credentials().sign(next, kind: .roster)
        try signed.write(to: home.rosterFile)
        // After the roster: a crash in between leaves a token that can be used again, not one that is spent for nothing.
        for token in used { try home.tokens.save(token) }
        return Admission(roster: signed, version: next.version, members: next.members, grants: grants)
    }

    /// Signs a roster without the clinic. From when the coordinator has it, the clinic's certificates are worth nothing.
    ///
    /// - Throws: ``AdminError`` `.clinicUnknown`.
    public func revoke(_ clinic: ClinicID, at date: Date) async throws -> Admission {
        let roster = try await home.roster(at: date).roster
        guard roster.member(clinic) != nil else {
            let known = roster.members.map(\.clinic.text).joined(separator: ", ")
            throw AdminError(
                .clinicUnknown,
                "“\(clinic)” is not on the roster. \(known.isEmpty ? "The roster has no clinics." : "On it are: \(known).")"
            )
        }
        let next = try roster.replacing(members: roster.members.filter { $0.clinic != clinic }, at: date.wholeSeconds)
        let signed = try home.credentials().sign(next, kind: .roster)
        try signed.write(to: home.rosterFile)
        return Admission(roster: signed, version: next.version, members: next.members, grants: [:])
    }
}
