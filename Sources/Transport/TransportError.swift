public import ConsiliumCore

/// Faults in how this machine is set up to talk: addresses, certificates, configuration files.
///
/// What the two ends say to each other fails with ``FederationError`` instead.
public struct TransportError: ConsiliumError, Equatable {
    public enum Code: String, Sendable {
        case invalidAddress = "transport.invalid-address"
        case invalidCertificate = "transport.invalid-certificate"
        case invalidConfiguration = "transport.invalid-configuration"
    }

    public let code: Code
    public let message: String
    public let cause: (any Error)?

    public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public var codeName: String { code.rawValue }

    public var category: ErrorCategory {
        switch code {
        case .invalidAddress: .usage
        case .invalidCertificate, .invalidConfiguration: .badData
        }
    }

    public static func == (left: TransportError, right: TransportError) -> Bool { left.code == right.code }
}
