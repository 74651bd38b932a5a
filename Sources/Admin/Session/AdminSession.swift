public import Federation
public import Foundation
internal import Identity
public import Transport

/// The admin's folder together with an open line to the coordinator.
public struct AdminSession: Sendable {
    public let home: AdminHome
    public let client: CoordinatorClient
    let now: @Sendable () -> Date

    public init(home: AdminHome, client: CoordinatorClient, now: @escaping @Sendable () -> Date = { Date() }) {
        self.home = home
        self.client = client
        self.now = now
    }

    /// Runs `body` with a client that is closed afterwards.
    ///
    /// - Parameter coordinatorURL: goes before the address in `admin.json`.
    /// - Throws: ``AdminError`` `.coordinatorUnknown` if neither is given.
    public static func with<Result>(
        home: AdminHome, coordinatorURL: String?, _ body: (AdminSession) async throws -> Result
    ) async throws -> Result {
        guard let url = try coordinatorURL ?? home.settings().coordinatorURL else {
            throw AdminError(
                .coordinatorUnknown,
                "Where is the coordinator? Give --coordinator-url https://HOST:PORT, or set CONSILIUM_COORDINATOR_URL.")
        }
        let address = try CoordinatorAddress(url)
        let client = try CoordinatorClient(
            address: address, tls: TLSSettings(home.credentials()), options: clientOptions(for: address))
        do {
            let result = try await body(AdminSession(home: home, client: client))
            try await client.shutdown()
            return result
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    /// Through the proxy that the environment names, if any.
    static func clientOptions(for address: CoordinatorAddress) throws -> CoordinatorClient.Options {
        var options = CoordinatorClient.Options()
        options.proxy = try ProxySettings.fromEnvironment(for: address)
        return options
    }

    /// The overview; the coordinator's word, signed by nobody.
    public func overview() async throws -> Overview { try await client.overview() }
}
