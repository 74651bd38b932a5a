/// What `admin.json` remembers of a consortium. Nothing in it is secret.
public struct AdminSettings: Codable, Sendable, Equatable {
    public var consortium: String
    public var adminName: String
    /// Where the coordinator is dialled; `--coordinator-url` and `CONSILIUM_COORDINATOR_URL` go before it.
    public var coordinatorURL: String?

    public init(consortium: String, adminName: String, coordinatorURL: String?) {
        self.consortium = consortium
        self.adminName = adminName
        self.coordinatorURL = coordinatorURL
    }
}
