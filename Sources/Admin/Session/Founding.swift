internal import ConsiliumCore
internal import Federation
public import Foundation
public import Identity
public import Transport

/// Founding a consortium with a coordinator that waits for its admin: nothing is carried by hand but the pairing code.
public struct Founding: Sendable {
    private let home: AdminHome
    private let client: PairingClient

    /// - Throws: `TransportError` for a wrong address.
    public init(home: AdminHome, address: CoordinatorAddress, code: PairingCode) throws {
        self.home = home
        client = try PairingClient(
            address: address, code: code, options: AdminSession.clientOptions(for: address))
    }

    /// Fetches the coordinator's request, founds the consortium, and hands over the answer. Run again after a lost connection,
    /// it hands over the same answer.
    ///
    /// - Throws: ``AdminError`` `.alreadyInitialized` for a folder with a consortium of another coordinator;
    ///   ``IdentityError`` `.badProof` for a wrong pairing code; `FederationError` if the coordinator can't be reached.
    public func found(consortium: String, adminName: String, at date: Date) async throws -> AdminHome.Initialization {
        do {
            let address = client.address.description
            let request = try await client.request()
            let made =
                if let earlier = try await home.founded(consortium, for: request, at: date) {
                    earlier
                } else {
                    try await home.initialize(
                        consortium: consortium, request: request, coordinatorURL: address, adminName: adminName,
                        at: date)
                }
            try await client.deliver(made.grant)
            try await waitUntilServing()
            try await client.shutdown()
            return made
        } catch {
            try? await client.shutdown()
            throw error
        }
    }
}

extension Founding {
    /// The coordinator ends the pairing and begins to serve with its certificates.
    private func waitUntilServing() async throws {
        let serving = try CoordinatorClient(
            address: client.address, tls: TLSSettings(home.credentials()),
            options: AdminSession.clientOptions(for: client.address))
        let start = ContinuousClock.now
        while true {
            do {
                try await serving.checkHealth()
                return try await serving.shutdown()
            } catch let error as FederationError {
                guard error.code == .unavailable, start.duration(to: .now) < .seconds(60) else {
                    try? await serving.shutdown()
                    throw error
                }
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }
}

extension AdminHome {
    /// What an earlier founding made for the same coordinator; `nil` if there was none.
    func founded(_ consortium: String, for request: CoordinatorRequest, at date: Date) async throws -> Initialization? {
        guard FileManager.default.fileExists(atPath: settingsFile.path),
            let granted = try certificates.certificates(of: .coordinator)
        else { return nil }
        let (document, roster) = try await roster(at: date)
        guard roster.consortium == consortium, roster.coordinator.signingKey == request.signingKey else { return nil }
        return Initialization(
            grant: CoordinatorGrant(certificates: granted, roster: document),
            authority: try AuthorityCertificate(file: authorityFile), roster: roster)
    }
}
