public import ConsiliumCore
internal import Federation
public import Foundation
public import Identity
internal import Transport

/// Joining a consortium with a one-time token.
///
/// The keys were born in this folder. What is sent is a request signed with the token's secret, so that the coordinator can
/// check it but neither forge one nor put its own key in; the admin checks it again before the clinic is let in.
public struct Enrolment: Sendable {
    public struct Outcome: Codable, Sendable {
        public var clinic: ClinicID
        public var coordinator: String
        /// Of the TLS certificate on the roster.
        public var certificateFingerprint: String
        public var validUntil: Date
    }

    private let home: NodeHome
    private let now: @Sendable () -> Date

    public init(home: NodeHome, now: @escaping @Sendable () -> Date = { Date() }) {
        self.home = home
        self.now = now
    }

    /// Where the node found its coordinator; part of the folder after an enrolment has begun.
    struct Saved: Codable {
        var coordinator: String
        var request: EnrolmentRequest
        var authority: AuthorityCertificate
    }

    /// Sends the request and waits until the admin has answered. Run again, it goes on with the same request.
    ///
    /// - Parameter wait: seconds to wait for the admin before giving up with `.enrolmentPending` (exit 75).
    /// - Throws: ``FederationError`` `.enrolmentRefused`, `.unavailable`; ``NodeError`` `.enrolmentPending`;
    ///   ``IdentityError`` for a malformed token, a wrong CA or a grant that does not fit.
    public func enroll(
        coordinator: String, authorityFile: URL, token: String, wait: Int, progress: ProgressHandler? = nil
    ) async throws -> Outcome {
        try await enroll(
            coordinator: coordinator, authority: AuthorityCertificate(file: authorityFile),
            token: EnrolmentToken(text: token), wait: wait, progress: progress)
    }

    /// The same with what an invitation holds.
    public func enroll(_ invitation: Invitation, wait: Int, progress: ProgressHandler? = nil) async throws -> Outcome {
        try await enroll(
            coordinator: invitation.coordinator, authority: invitation.authority, token: invitation.token, wait: wait,
            progress: progress)
    }

    private func enroll(
        coordinator: String, authority: AuthorityCertificate, token: EnrolmentToken, wait: Int,
        progress: ProgressHandler?
    ) async throws -> Outcome {
        let site = try home.configuration()
        guard token.clinic == site.clinic.id else {
            throw IdentityError(
                .wrongClinic,
                "This token is for the clinic “\(token.clinic)”; this node is “\(site.clinic.id)”. Ask the admin for your own token."
            )
        }
        let saved = try prepare(coordinator: coordinator, authority: authority, token: token)
        let address = try CoordinatorAddress(coordinator)
        let gate = EgressGate(home: home, store: try NodeStore(file: home.stateFile), now: now)
        let client = try CoordinatorClient(
            address: address, tls: TLSSettings(authorityPEM: authority.pem),
            options: NodeServices.clientOptions(site, for: address, gate: gate))
        do {
            let outcome = try await exchange(saved, client: client, gate: gate, wait: wait, progress: progress)
            try await client.shutdown()
            return outcome
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    /// The stored request if it was made with the same token, else a new one; on disk before it leaves.
    private func prepare(coordinator: String, authority: AuthorityCertificate, token: EnrolmentToken) throws -> Saved {
        for file in [home.pendingEnrolmentFile, home.enrolmentFile] {
            guard FileManager.default.fileExists(atPath: file.path),
                var saved = try? CanonicalJSON.decode(Saved.self, from: DurableFile.read(file)),
                try saved.request.claimedTokenID() == token.id, saved.authority == authority
            else { continue }
            saved.coordinator = coordinator
            return saved
        }
        let request = try EnrolmentRequest(token: token, keys: home.keyFiles.loadKeys(), at: now())
        return Saved(coordinator: coordinator, request: request, authority: authority)
    }

    private func exchange(
        _ saved: Saved, client: CoordinatorClient, gate: EgressGate, wait: Int, progress: ProgressHandler?
    ) async throws -> Outcome {
        try DurableFile.write(CanonicalJSON.encode(saved), to: home.pendingEnrolmentFile)
        _ = try gate.release(saved.request, kind: .enrolment, job: nil, to: saved.coordinator)
        var grant = try await client.enroll(saved.request)
        let start = ContinuousClock.now
        while grant == nil {
            let waited = start.duration(to: .now).components.seconds
            guard waited < wait else {
                throw NodeError(
                    .enrolmentPending,
                    "The request is with the coordinator; the admin has not answered yet. Tell the admin your key's fingerprint "
                        + "(“consilium-node doctor” shows it), then run the same command again.")
            }
            progress?(
                ProgressUpdate(
                    activity: "wait for the admin", completed: Double(waited), total: Double(wait), unit: "s"))
            try await Task.sleep(for: .milliseconds(500))
            do {
                grant = try await client.grant(for: saved.request)
            } catch let error as FederationError where error.code == .enrolmentPending {
                continue
            }
        }
        guard let grant else { throw NodeError(.enrolmentPending, "The admin has not answered yet.") }
        let site = try home.configuration()
        let credentials = try await home.keyFiles.install(
            grant, role: .clinic(site.clinic.id), authority: saved.authority, at: now())
        // Only now: a node that is enrolled already keeps its coordinator until the new enrolment has succeeded.
        try DurableFile.move(home.pendingEnrolmentFile, to: home.enrolmentFile)
        return Outcome(
            clinic: site.clinic.id, coordinator: saved.coordinator,
            certificateFingerprint: credentials.tlsCertificate.fingerprint.grouped,
            validUntil: credentials.tlsCertificate.identity.notValidAfter)
    }
}
