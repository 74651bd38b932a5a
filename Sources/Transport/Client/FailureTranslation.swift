internal import AsyncHTTPClient
internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Turns what the network stack throws into a sentence for the person at the terminal.
enum FailureTranslation {
    /// The error to show, and whether another attempt may succeed.
    static func translate(
        _ error: any Error, address: CoordinatorAddress, hasCertificate: Bool, proxy: ProxySettings? = nil
    ) -> (any Error, mayRetry: Bool) {
        if error is CancellationError { return (error, false) }
        if let error = error as? any ConsiliumError { return (error, false) }
        if let error = error as? HTTPClientError {
            return translate(error, address: address, hasCertificate: hasCertificate, proxy: proxy)
        }
        if error is NIOSSLError || error is BoringSSLError || error is NIOSSLExtraError {
            return (translate(tls: error, address: address), false)
        }
        return (unreachable(address, advice(proxy)), true)
    }

    private static func advice(_ proxy: ProxySettings?) -> String {
        guard let proxy else { return "Check the address, the network and that the coordinator is running." }
        return "Check that the proxy \(proxy) answers, the coordinator's address, and that the coordinator is running."
    }

    private static func translate(
        _ error: HTTPClientError, address: CoordinatorAddress, hasCertificate: Bool, proxy: ProxySettings?
    ) -> (any Error, mayRetry: Bool) {
        switch error {
        case .cancelled: return (CancellationError(), false)
        case .remoteConnectionClosed where hasCertificate:
            return (
                unreachable(
                    address,
                    "It closed the connection: it may be restarting, or the coordinator may have refused our certificate."
                ),
                true
            )
        case .proxyAuthenticationRequired:
            return (
                unreachable(
                    address,
                    "The proxy \(proxy?.description ?? "") wants a user name and a password, or refused the ones that it got "
                        + "(HTTP 407). Set coordinator.proxyUser and coordinator.proxyPasswordFile in node.yaml, or HTTPS_PROXY."
                ),
                false
            )
        case .invalidProxyResponse, .httpProxyHandshakeTimeout:
            return (
                unreachable(
                    address,
                    "The proxy \(proxy?.description ?? "") did not open a tunnel to it (HTTP 403 or the like). Ask the proxy's operator "
                        + "to allow CONNECT to \(address.host):\(address.port), without opening TLS."), true
            )
        case .connectTimeout, .deadlineExceeded, .readTimeout, .writeTimeout, .tlsHandshakeTimeout:
            return (unreachable(address, "It did not answer in time; check the network and try again."), true)
        default: return (unreachable(address, advice(proxy)), true)
        }
    }

    // BoringSSL's reasons have no public type, only names; these two are its stable words for "the peer sent an alert about our
    // certificate" and "we do not accept the peer's".
    private static func translate(tls error: any Error, address: CoordinatorAddress) -> FederationError {
        let reason = String(describing: error)
        if reason.contains("CERTIFICATE_VERIFY_FAILED") || reason.contains("unableToValidateCertificate")
            || reason.contains("failedToValidateHostname")
        {
            return unreachable(
                address,
                "Its certificate was not issued by this consortium's CA for that name or address. Check the address and the CA file; "
                    + "a proxy that opens TLS gives the same picture.")
        }
        if reason.contains("ALERT") {
            return FederationError(
                .notOnRoster,
                "The coordinator at \(address) refused the TLS connection: the coordinator may have refused our certificate. "
                    + "Check that this clinic is enrolled with this consortium.")
        }
        return unreachable(address, "The TLS connection failed; check the certificates of both sides.")
    }

    private static func unreachable(_ address: CoordinatorAddress, _ advice: String) -> FederationError {
        FederationError(.unavailable, "The coordinator at \(address) can't be reached. \(advice)")
    }
}
