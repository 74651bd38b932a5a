internal import ConsiliumCore
internal import Deidentification
internal import Federation
public import Foundation
public import Identity
internal import Ledger
internal import Privacy
internal import Reports
public import Transport

/// Opens what a node's folder holds, the one place that knows how the parts are keyed.
public struct NodeServices: Sendable {
    public let home: NodeHome
    public let site: SiteConfiguration
    public let store: NodeStore
    /// The clinic's clock.
    let now: @Sendable () -> Date

    /// - Throws: ``NodeError`` `.notInitialized`, `.configurationInvalid`, `.stateUnreadable`.
    public init(home: NodeHome, now: @escaping @Sendable () -> Date = { Date() }) throws {
        self.home = home
        self.now = now
        site = try home.configuration()
        store = try NodeStore(file: home.stateFile, seal: StateSeal(home))
    }

    public var gate: EgressGate { EgressGate(home: home, store: store, now: now) }

    public func credentials() throws -> PeerCredentials { try home.keyFiles.loadCredentials() }

    func rosterBook() throws -> RosterBook {
        RosterBook(home: home, authority: try credentials().authority, now: now)
    }

    /// - Throws: ``NodeError`` `.notEnrolled` before the first roster was fetched.
    public func inbox() async throws -> JobInbox {
        JobInbox(
            site: site, store: store, authority: try credentials().authority, roster: try await rosterBook().current(),
            now: now)
    }

    /// - Throws: ``NodeError`` `.notEnrolled` if the node does not know its coordinator yet.
    public func client() throws -> CoordinatorClient {
        let credentials = try credentials()
        guard let address = try coordinatorAddress() else {
            throw NodeError(
                .notEnrolled, "This node is not enrolled yet. Run “consilium-node enroll” with the token of your admin."
            )
        }
        let coordinator = try CoordinatorAddress(address)
        return try CoordinatorClient(
            address: coordinator, tls: TLSSettings(credentials),
            options: try Self.clientOptions(site, for: coordinator, gate: gate))
    }

    /// The address in the site configuration, else the one of the enrolment.
    public func coordinatorAddress() throws -> String? {
        if let url = site.coordinator.url { return url }
        guard FileManager.default.fileExists(atPath: home.enrolmentFile.path) else { return nil }
        return try CanonicalJSON.decode(Enrolment.Saved.self, from: DurableFile.read(home.enrolmentFile)).coordinator
    }

    /// Through the site's proxy, else the one that the environment names; and past the gate.
    static func clientOptions(_ site: SiteConfiguration, for address: CoordinatorAddress, gate: EgressGate) throws
        -> CoordinatorClient.Options
    {
        var options = CoordinatorClient.Options()
        options.proxy = try proxy(site, for: address)
        let door = EgressDoor(gate)
        options.mayLeave = { try door.require($0, $1) }
        return options
    }

    private static func proxy(_ site: SiteConfiguration, for address: CoordinatorAddress) throws -> ProxySettings? {
        guard let url = site.coordinator.proxy else { return try ProxySettings.fromEnvironment(for: address) }
        if url == "none" { return nil }
        var proxy = try ProxySettings(url: url)
        guard (site.coordinator.proxyUser == nil) == (site.coordinator.proxyPasswordFile == nil) else {
            throw NodeError(
                .configurationInvalid,
                "coordinator.proxyUser and coordinator.proxyPasswordFile in node.yaml belong together. Give both or neither."
            )
        }
        proxy.username = site.coordinator.proxyUser
        if let file = site.coordinator.proxyPasswordFile {
            proxy.password = String(
                decoding: try DurableFile.read(URL(fileURLWithPath: file), limit: 4096), as: UTF8.self
            ).trimmingCharacters(in: .whitespacesAndNewlines)
        }
        return proxy
    }

    /// What seals the state of rounds under way.
    var seal: StateSeal { StateSeal(home) }

    public func siteKey() throws -> Data {
        let text = String(decoding: try DurableFile.read(home.siteKeyFile), as: UTF8.self)
        guard let key = Data(hexadecimal: text.trimmingCharacters(in: .whitespacesAndNewlines)), key.count == 32 else {
            throw NodeError(
                .stateUnreadable, "The key \(home.siteKeyFile.lastPathComponent) is damaged. Restore it from a backup.")
        }
        return key
    }

    /// Under the clinic's policy, with the thresholds that its reviews brought.
    func deidentifier(_ vault: Vault) throws -> Deidentifier {
        var policy = try DeidentificationPolicy.named(site.deidentification.policy)
        var taggers = try TaggerSet.bundled()
        if let tuning = try vault.setting(ReviewTuning.setting, as: ReviewTuning.self) {
            policy.reviewBelow = tuning.reviewBelow
            taggers.tune(tuning.thresholds)
        }
        let settings = site.deidentification
        let others = settings.classifier.map { "\($0) \(settings.classifierThreshold)" }
        return try Deidentifier(
            policy: policy, siteKey: try siteKey(), taggers: taggers,
            others: others.map { ContentHash(of: Data($0.utf8)).short } ?? "")
    }

    /// The second opinion that the site configuration asks for.
    func tokenClassifier() throws -> TokenClassifier? {
        try site.deidentification.classifier.map {
            try TokenClassifier(
                folder: URL(fileURLWithPath: $0), threshold: site.deidentification.classifierThreshold)
        }
    }
}
