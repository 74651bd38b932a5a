internal import ConsiliumCore
public import Foundation
internal import Logging
internal import Transport

/// What `coordinator.yaml` says. Every key is optional but `listen`; an unknown key is an error.
public struct CoordinatorConfiguration: Sendable, Equatable {
    public struct Limits: Sendable, Equatable, Decodable {
        /// The largest message that is not an adapter or a chunk.
        public var jsonBytes = 1 << 20
        /// The largest adapter that an admin may upload.
        public var adapterBytes = 2 << 30
        /// A connection on which nothing happens is closed after this. Longer than a poll may wait.
        public var idleSeconds = 90
        public var connections = 1024

        public init() {}
    }

    /// Where keys, database and adapters lie; relative to the configuration file.
    public var folder: URL
    public var host: String
    /// 0: any free port; `port` in ``folder`` then tells which.
    public var port: Int
    /// After this many hours a job starts with the approvals that have come, if they are enough. `nil`: it waits for all.
    public var consentDeadlineHours: Double?
    public var limits: Limits
    /// `trace`, `debug`, `info`, `notice`, `warning` or `error`.
    public var logLevel: String
    public var logFormat: LogFormat
    /// Where `/metrics`, `/healthz` and `/readyz` are also served as plain HTTP; `nil`: nowhere.
    public var operatorListen: Address?

    public enum LogFormat: String, Sendable, CaseIterable, Decodable {
        /// A line for people.
        case text
        /// One JSON object a line.
        case json
    }

    public struct Address: Sendable, Equatable {
        public var host: String
        public var port: Int
    }

    public init(folder: URL, host: String = "127.0.0.1", port: Int = 0) {
        self.folder = folder
        self.host = host
        self.port = port
        consentDeadlineHours = nil
        limits = Limits()
        logLevel = "info"
        logFormat = .text
    }

    /// - Throws: `TransportError` `.invalidConfiguration`, or ``CoordinatorError`` of the same name for a value out of bounds.
    public init(file: URL) throws {
        let raw = try StrictYAML.decode(Raw.self, schema: Self.schema, file: file)
        func refuse(_ reason: String) -> CoordinatorError {
            CoordinatorError(.invalidConfiguration, "\(file.path): \(reason)")
        }
        let base = file.deletingLastPathComponent()
        self.init(folder: raw.folder.map { URL(fileURLWithPath: $0, relativeTo: base).standardizedFileURL } ?? base)
        guard let (host, port) = Self.split(raw.listen) else {
            throw refuse("“listen” has the form ADDRESS:PORT, such as 0.0.0.0:8443 or [::]:8443.")
        }
        self.host = host
        self.port = port
        if let hours = raw.consentDeadlineHours {
            guard hours > 0, hours <= 8760 else {
                throw refuse("“consentDeadlineHours” must be above 0 and at most 8760 (a year).")
            }
            consentDeadlineHours = hours
        }
        if let given = raw.limits {
            limits.jsonBytes = given.jsonBytes ?? limits.jsonBytes
            limits.adapterBytes = given.adapterBytes ?? limits.adapterBytes
            limits.idleSeconds = given.idleSeconds ?? limits.idleSeconds
            limits.connections = given.connections ?? limits.connections
        }
        guard (65_536...(64 << 20)).contains(limits.jsonBytes), (1024...(64 << 30)).contains(limits.adapterBytes),
            (60...3600).contains(limits.idleSeconds), (4...100_000).contains(limits.connections)
        else {
            throw refuse(
                "limits: jsonBytes must be 65536 to 67108864, adapterBytes 1024 to 68719476736, idleSeconds 60 to 3600, connections 4 to 100000."
            )
        }
        try readLogging(raw, refuse)
    }

    private mutating func readLogging(_ raw: Raw, _ refuse: (String) -> CoordinatorError) throws {
        if let level = raw.logLevel {
            guard Logger.Level(rawValue: level) != nil else {
                throw refuse("“logLevel” must be trace, debug, info, notice, warning or error.")
            }
            logLevel = level
        }
        if let word = raw.logFormat {
            guard let format = LogFormat(rawValue: word) else { throw refuse("“logFormat” must be text or json.") }
            logFormat = format
        }
        if let text = raw.operatorListen {
            guard let (host, port) = Self.split(text) else {
                throw refuse("“operatorListen” has the form ADDRESS:PORT, such as 127.0.0.1:9464.")
            }
            operatorListen = Address(host: host, port: port)
        }
    }

    public var folders: CoordinatorFolder { CoordinatorFolder(folder) }

    private struct Raw: Decodable {
        struct Limits: Decodable {
            var jsonBytes: Int?
            var adapterBytes: Int?
            var idleSeconds: Int?
            var connections: Int?
        }

        var folder: String?
        var listen: String
        var consentDeadlineHours: Double?
        var limits: Limits?
        var logLevel: String?
        var logFormat: String?
        var operatorListen: String?
    }

    private static let schema = YAMLSchema.mapping([
        "folder": .value, "listen": .value, "consentDeadlineHours": .value, "logLevel": .value,
        "logFormat": .value, "operatorListen": .value,
        "limits": .mapping(["jsonBytes": .value, "adapterBytes": .value, "idleSeconds": .value, "connections": .value]),
    ])

    private static func split(_ text: String) -> (String, Int)? {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        return host.isEmpty ? nil : (String(host), port)
    }
}
