public import ConsiliumCore
internal import Crypto
public import Foundation

/// A one-time secret that a new coordinator prints and its admin types: with it the two recognize each other's first messages.
///
/// What they exchange is public (a certificate request; certificates and a roster). The code makes sure that nobody on the way
/// replaced it: each message carries an HMAC-SHA256 under the code. The code itself is never sent.
public struct PairingCode: Sendable {
    /// What a message is for: one can't be taken for the other.
    public enum Use: String, Sendable {
        case request
        case grant
    }

    /// A message with its authentication code.
    public struct Message: Codable, Sendable, Equatable {
        public let payload: Data
        public let code: Data
    }

    private static let prefix = "consilium-pairing1."
    private let secret: Data

    /// 16 random bytes.
    public init(random: any SecureRandom = SystemRandom()) throws { secret = try random.bytes(16) }

    /// - Throws: ``IdentityError`` `.malformedToken`.
    public init(text: String) throws {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.hasPrefix(Self.prefix), let secret = Data(base64URL: String(text.dropFirst(Self.prefix.count))),
            secret.count == 16
        else {
            throw IdentityError(
                .malformedToken,
                "This is not a complete pairing code (\(Self.prefix)…). Copy it again from the coordinator's terminal.")
        }
        self.secret = secret
    }

    /// The secret itself, for the person at the terminal.
    public var text: String { Self.prefix + secret.base64URL }

    public func seal(_ value: some Encodable, for use: Use) throws -> Message {
        let payload = try CanonicalJSON.encode(value)
        return Message(payload: payload, code: Data(authentication(payload, use)))
    }

    /// - Throws: ``IdentityError`` `.badProof` for a message that was not made with this code; `.malformedDocument`.
    public func open<Value: Decodable>(_ message: Message, for use: Use, as type: Value.Type) throws -> Value {
        guard
            HMAC<SHA256>.isValidAuthenticationCode(
                message.code, authenticating: Self.domain(use) + message.payload, using: SymmetricKey(data: secret))
        else {
            throw IdentityError(
                .badProof,
                "The other side has another pairing code, or somebody in between changed the message. Nothing was done. Copy the "
                    + "code again, and check the coordinator's address.")
        }
        do {
            return try CanonicalJSON.decode(type, from: message.payload)
        } catch {
            throw IdentityError(
                .malformedDocument, "The other side's message can't be read. Check that both run the same version.",
                cause: error)
        }
    }

    private func authentication(_ payload: Data, _ use: Use) -> HMAC<SHA256>.MAC {
        HMAC<SHA256>.authenticationCode(for: Self.domain(use) + payload, using: SymmetricKey(data: secret))
    }

    private static func domain(_ use: Use) -> Data { Data("consilium/pairing-\(use.rawValue)/v1\n".utf8) }
}

extension PairingCode: CustomStringConvertible, CustomReflectable {
    public var description: String { "PairingCode(secret)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
