internal import ConsiliumCore
internal import Foundation

/// Where a coordinator listens: `https://HOST[:PORT]`, without a path.
public struct CoordinatorAddress: Sendable, Hashable, Codable, CustomStringConvertible {
    public static let defaultPort = 8443

    public let host: String
    public let port: Int

    /// - Throws: ``TransportError`` `.invalidAddress`.
    public init(_ text: String) throws {
        let parts = URLComponents(string: text)
        guard let parts, parts.scheme == "https", let host = parts.host, !host.isEmpty,
            parts.path.isEmpty || parts.path == "/",
            parts.query == nil, parts.fragment == nil, parts.user == nil,
            (1...65_535).contains(parts.port ?? Self.defaultPort)
        else {
            throw TransportError(
                .invalidAddress,
                "A coordinator's address has the form https://HOST:PORT, such as https://coordinator.example:8443.")
        }
        self.host = host
        port = parts.port ?? Self.defaultPort
    }

    public init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public var description: String { "https://\(host):\(port)" }
}
