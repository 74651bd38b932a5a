public import ConsiliumCore

/// Faults of names, keys, certificates, signatures and enrolment.
///
/// A message never carries a key, a token or the bytes that were refused.
public struct IdentityError: ConsiliumError, Equatable {
    public enum Code: String, Sendable, CaseIterable {
        // What was given can't be read.
        case malformedName = "identity.malformed-name"
        case malformedRole = "identity.malformed-role"
        case malformedCertificate = "identity.malformed-certificate"
        case malformedRequest = "identity.malformed-request"
        case malformedKey = "identity.malformed-key"
        case malformedToken = "identity.malformed-token"
        case malformedRoster = "identity.malformed-roster"
        case malformedDocument = "identity.malformed-document"
        // It can be read, and the answer is no.
        case untrustedCertificate = "identity.untrusted-certificate"
        case expiredCertificate = "identity.expired-certificate"
        case wrongRole = "identity.wrong-role"
        case wrongKind = "identity.wrong-kind"
        case badSignature = "identity.bad-signature"
        case keyMismatch = "identity.key-mismatch"
        case notInRoster = "identity.not-in-roster"
        case exposedKeyFile = "identity.exposed-key-file"
        case alreadyExists = "identity.already-exists"
        case notEnrolled = "identity.not-enrolled"
        case newerFormat = "identity.newer-format"
        // Enrolment, each with a word of its own so that a clinic learns which.
        case unknownToken = "identity.unknown-token"
        case expiredToken = "identity.expired-token"
        case usedToken = "identity.used-token"
        case wrongClinic = "identity.wrong-clinic"
        case badProof = "identity.bad-proof"
        case encodingFailed = "identity.encoding-failed"
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
        case .malformedName, .malformedRole, .malformedCertificate, .malformedRequest, .malformedKey, .malformedToken,
            .malformedRoster, .malformedDocument:
            .badData
        case .untrustedCertificate, .expiredCertificate, .wrongRole, .wrongKind, .badSignature, .keyMismatch,
            .notInRoster,
            .exposedKeyFile, .alreadyExists, .notEnrolled, .newerFormat, .unknownToken, .expiredToken, .usedToken,
            .wrongClinic,
            .badProof:
            .refused
        case .encodingFailed: .internalFault
        }
    }

    public static func == (left: IdentityError, right: IdentityError) -> Bool { left.code == right.code }
}
