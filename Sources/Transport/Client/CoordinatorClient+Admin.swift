public import ConsiliumCore
public import Federation
public import Foundation
public import Identity

/// What only the consortium's admin may ask.
extension CoordinatorClient {
    public func register(_ token: SignedDocument<TokenRecord>) async throws {
        try await send(.post, Endpoint.adminTokens, token)
    }

    /// Enrolments that wait for a grant, the oldest first.
    public func pendingEnrolments() async throws -> [EnrolmentRequest] {
        try await get(Endpoint.adminEnrolments, as: [EnrolmentRequest].self)
    }

    public func grant(_ grant: EnrolmentGrant, token: String) async throws {
        try await send(.put, Endpoint.adminGrant(token: token), grant)
    }

    /// - Throws: ``FederationError`` `.conflict` if the coordinator holds this version with other content, or a later one.
    public func publish(_ roster: SignedDocument<Roster>) async throws {
        try await send(.put, Endpoint.adminRoster, roster)
    }

    /// Hands over renewed certificates, the coordinator's own among them: each must be on the roster that was published before.
    public func publish(_ certificates: [EnrolmentGrant]) async throws {
        try await send(.put, Endpoint.adminCertificates, certificates)
    }

    /// The certificates that the coordinator has now.
    public func coordinatorCertificates() async throws -> EnrolmentGrant {
        try await get(Endpoint.adminCertificates, as: EnrolmentGrant.self)
    }

    /// The job's initial adapter must have been uploaded before.
    public func propose(_ job: SignedDocument<JobManifest>) async throws {
        try await send(.post, Endpoint.adminJobs, job)
    }

    /// Sends a whole `adapter_model.safetensors`; one that the coordinator holds already is not sent again.
    /// - Returns: its hash.
    @discardableResult
    public func uploadAdapter(_ file: URL) async throws -> ContentHash {
        let hash = try ContentHash(ofFile: file)
        let size = try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int ?? 0
        _ = try await exchange.send(
            .put, Endpoint.adminAdapter(hash), body: .file(file, byteCount: size, hash: hash),
            timeout: max(options.transferTimeout, .seconds(size / (256 << 10))))
        return hash
    }

    public func overview() async throws -> Overview { try await get(Endpoint.adminOverview, as: Overview.self) }
}
