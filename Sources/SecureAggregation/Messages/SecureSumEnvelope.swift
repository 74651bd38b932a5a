internal import ConsiliumCore
internal import Crypto
public import Foundation

/// The steps of a secure sum, in order. Each is a request of the coordinator and an answer of each clinic.
public enum SecureSumStep: String, Codable, Sendable, CaseIterable, Comparable {
    /// R0, R1: the offer; fresh public keys and a commitment.
    case keys
    /// R2: everyone's keys; encrypted shares of the secrets.
    case shares
    /// R3: the shares for this clinic; the masked update.
    case masked
    /// R4: who is in the sum; a signature over that.
    case survivors
    /// R5: enough of those signatures; the shares that unmask the sum.
    case reveal

    private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    public static func < (left: SecureSumStep, right: SecureSumStep) -> Bool { left.order < right.order }

    /// What stands before the signed bytes, so that a signature under one step is worth nothing under another.
    var domain: String { "consilium/secure-sum/\(rawValue)/v1\n" }
}

/// A clinic's signed answer. The signature is over `"consilium/secure-sum/<step>/v1\n"` and then the *stored* bytes.
public struct SecureSumEnvelope: Codable, Sendable, Hashable {
    public static let longestPayload = 4 << 20

    public let sender: String
    public let step: SecureSumStep
    /// Canonical JSON of the step's message; base64 in the encoded form.
    public let payload: Data
    public let signature: Data

    init(sender: String, step: SecureSumStep, payload: Data, sign: SecureSumSigner) throws {
        self.sender = sender
        self.step = step
        self.payload = payload
        signature = try sign(Data(step.domain.utf8) + payload)
    }

    private enum CodingKeys: String, CodingKey { case sender, step, payload, signature }

    /// - Throws: ``SecureAggregationError`` `.malformedMessage` for an id, payload or signature that is too long.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        sender = try container.decode(String.self, forKey: .sender)
        step = try container.decode(SecureSumStep.self, forKey: .step)
        payload = try container.decode(Data.self, forKey: .payload)
        signature = try container.decode(Data.self, forKey: .signature)
        guard sender.utf8.count <= 100, payload.count <= Self.longestPayload, signature.count == 64 else {
            throw SecureAggregationError(
                .malformedMessage, "A message of a secure sum is too long, or its signature has not 64 bytes.")
        }
    }

    /// The message, once its signature is right.
    ///
    /// - Throws: ``SecureAggregationError`` `.wrongRoster` for a sender that is no member, `.badSignature`,
    ///   `.malformedMessage`.
    func open<Message: Decodable>(_ type: Message.Type, step expected: SecureSumStep, roster: SecureSumRoster) throws
        -> Message
    {
        guard let member = roster.member(sender) else {
            throw SecureAggregationError(.wrongRoster, "\(sender) is not in the roster of this sum.")
        }
        guard step == expected, Self.isValid(signature, over: payload, step: step, by: member) else {
            throw SecureAggregationError(
                .badSignature,
                "The “\(expected.rawValue)” message of \(sender) is not signed with the key that the roster has for it."
            )
        }
        return try SecureSumCoding.decode(type, from: payload)
    }

    static func isValid(_ signature: Data, over payload: Data, step: SecureSumStep, by member: SecureSumRoster.Member)
        -> Bool
    {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: member.signingKey) else { return false }
        return key.isValidSignature(signature, for: Data(step.domain.utf8) + payload)
    }
}

/// Signs bytes with the clinic's Ed25519 key: 64 bytes.
public typealias SecureSumSigner = @Sendable (Data) throws -> Data

enum SecureSumCoding {
    /// - Throws: ``SecureAggregationError`` only: what is wrong with bytes from outside is their sender's fault.
    static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        do {
            return try CanonicalJSON.decode(type, from: data)
        } catch let error as SecureAggregationError {
            throw error
        } catch {
            throw SecureAggregationError(
                .malformedMessage, "A message of the secure sum can't be read. Check that all run the same version.",
                cause: error)
        }
    }

    /// - Throws: ``SecureAggregationError`` `.malformedMessage` unless ids ascend, which also makes them unique.
    static func requireAscending(_ ids: [String], _ what: String) throws {
        guard ids.count <= SecureSumParameters.mostClinics, zip(ids, ids.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw SecureAggregationError(
                .malformedMessage, "The list of \(what) names a clinic twice or is not in the order of ids.")
        }
    }

    static func requireLength(_ data: Data, _ length: Int, _ what: String) throws {
        guard data.count == length else {
            throw SecureAggregationError(.malformedMessage, "\(what) has \(data.count) bytes; it must have \(length).")
        }
    }
}
