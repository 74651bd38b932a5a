internal import Foundation
internal import SwiftASN1
internal import X509

/// Reading and writing certificates, with this module's errors.
enum CertificateCoding {
    /// id-kp-documentSigning (RFC 9336): a signing certificate carries it alone, so that no TLS library takes it for
    /// one.
    static let documentSigning = ExtendedKeyUsage.Usage(oid: [1, 3, 6, 1, 5, 5, 7, 3, 36])

    /// Certificates here have about 700 bytes; anything much longer is not one.
    static let maximumLength = 64 << 10

    static func tlsUsage(of role: PeerRole) -> ExtendedKeyUsage.Usage {
        role == .coordinator ? .serverAuth : .clientAuth
    }

    static func parse(der bytes: [UInt8]) throws -> Certificate {
        guard bytes.count <= maximumLength else { throw malformed(nil) }
        do {
            return try Certificate(derEncoded: bytes)
        } catch {
            throw malformed(error)
        }
    }

    /// The DER bytes of the one PEM block that `pem` consists of.
    static func bytes(pem: String, type: String) throws -> [UInt8] {
        guard pem.utf8.count <= 2 * maximumLength else { throw malformed(nil) }
        let document: PEMDocument
        do {
            document = try PEMDocument(pemString: pem)
        } catch {
            throw malformed(nil)
        }
        guard document.discriminator == type else {
            throw IdentityError(
                .malformedCertificate,
                "This PEM text holds something else than a \(type.lowercased()). Check which file it is.")
        }
        return document.derBytes
    }

    static func der(_ certificate: Certificate) throws -> [UInt8] {
        do {
            var serializer = DER.Serializer()
            try serializer.serialize(certificate)
            return serializer.serializedBytes
        } catch {
            throw IdentityError(.encodingFailed, "The certificate can't be encoded.", cause: error)
        }
    }

    static func pem(_ der: [UInt8], type: String) -> String { PEMDocument(type: type, derBytes: der).pemString + "\n" }

    private static func malformed(_ cause: (any Error)?) -> IdentityError {
        IdentityError(
            .malformedCertificate,
            "This is not a readable X.509 certificate. Check that the file is complete and the right one.",
            cause: cause)
    }
}
