internal import AsyncHTTPClient
internal import ConsiliumCore
internal import Foundation

/// An HTTP proxy that is asked for a tunnel (`CONNECT`). TLS runs through it end to end; the proxy sees host and port only.
///
/// A proxy that opens TLS breaks mutual TLS and can't be used. A coordinator behind a proxy must be named by its DNS name.
public struct ProxySettings: Sendable, Equatable {
    public var host: String
    public var port: Int
    public var username: String?
    public var password: String?

    public init(host: String, port: Int, username: String? = nil, password: String? = nil) {
        self.host = host
        self.port = port
        self.username = username
        self.password = password
    }

    /// Reads `http://HOST:PORT`. A user name and password are never taken from the URL, where they would end up in logs.
    /// - Throws: ``TransportError`` `.invalidAddress`.
    public init(url: String) throws {
        let parts = URLComponents(string: url)
        guard let parts, parts.scheme == "http", let host = parts.host, !host.isEmpty, let port = parts.port,
            (1...65_535).contains(port), parts.user == nil
        else {
            throw TransportError(
                .invalidAddress, "A proxy has the form http://HOST:PORT, such as http://proxy.example:3128.")
        }
        self.init(host: host, port: port)
    }

    var clientSetting: HTTPClient.Configuration.Proxy {
        var authorization: HTTPClient.Authorization?
        if let username, let password { authorization = .basic(username: username, password: password) }
        return .server(host: host, port: port, authorization: authorization)
    }
}
