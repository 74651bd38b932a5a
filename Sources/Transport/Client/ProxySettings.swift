internal import AsyncHTTPClient
internal import ConsiliumCore
internal import Foundation

/// An HTTP proxy that is asked for a tunnel (`CONNECT`). TLS runs through it end to end; the proxy sees host and port only.
///
/// A proxy that opens TLS breaks mutual TLS and can't be used. A coordinator behind a proxy must be named by its DNS name.
public struct ProxySettings: Sendable, Equatable, CustomStringConvertible {
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

    /// The proxy that `HTTPS_PROXY` (or `https_proxy`) names, unless `NO_PROXY` excepts the host. Loopback is never proxied.
    ///
    /// Unlike a configuration file's, this URL may carry a user name and a password, as is usual there.
    ///
    /// - Throws: ``TransportError`` `.invalidAddress`, without the URL.
    public static func fromEnvironment(
        for address: CoordinatorAddress, _ environment: [String: String]? = nil
    ) throws -> ProxySettings? {
        let environment = environment ?? ProcessInfo.processInfo.environment
        func value(_ name: String) -> String? {
            let found = environment[name] ?? environment[name.lowercased()]
            return found?.isEmpty == false ? found : nil
        }
        guard let url = value("HTTPS_PROXY"), !isExcepted(address.host, by: value("NO_PROXY") ?? "") else { return nil }
        let parts = URLComponents(string: url.contains("://") ? url : "http://\(url)")
        guard let parts, parts.scheme == "http", let host = parts.host, !host.isEmpty else {
            throw TransportError(
                .invalidAddress,
                "HTTPS_PROXY must have the form http://HOST:PORT. Correct it, or name the proxy in the configuration.")
        }
        return ProxySettings(host: host, port: parts.port ?? 80, username: parts.user, password: parts.password)
    }

    /// As curl and others read it: hosts and domains with commas between, `*` for all.
    private static func isExcepted(_ host: String, by list: String) -> Bool {
        let host = host.lowercased()
        if host == "localhost" || host == "::1" || host == "[::1]" || host.hasPrefix("127.") { return true }
        return list.lowercased().split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.contains {
            entry in
            let domain = entry.hasPrefix(".") ? String(entry.dropFirst()) : entry
            return entry == "*" || !domain.isEmpty && (host == domain || host.hasSuffix("." + domain))
        }
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

    /// For messages: never with the password.
    public var description: String { "\(host):\(port)" }

    var clientSetting: HTTPClient.Configuration.Proxy {
        var authorization: HTTPClient.Authorization?
        if let username, let password { authorization = .basic(username: username, password: password) }
        return .server(host: host, port: port, authorization: authorization)
    }
}
