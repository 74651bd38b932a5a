internal import ConsiliumCore
internal import Crypto
internal import Foundation

/// One clinic's two shares for another, sealed so that the coordinator that carries them can neither read nor change nor
/// exchange them: AES-256-GCM under a key for this pair, direction and session.
///
/// The nonce is random although the key is used once: a node that was restored from an old state would use it twice.
enum ShareBox {
    /// Shares of the seed of a clinic's own mask and of its masking key.
    struct Shares: Codable, Sendable, Equatable {
        var seed: Data
        var key: Data
    }

    static let shareLength = 32
    static let sealedLength = 12 + 2 * shareLength + 16

    static func seal(_ shares: Shares, key: Data, context: Data, random: any SecureRandom) throws -> Data {
        guard shares.seed.count == shareLength, shares.key.count == shareLength else { throw malformed }
        do {
            let box = try AES.GCM.seal(
                shares.seed + shares.key, using: SymmetricKey(data: key),
                nonce: AES.GCM.Nonce(data: random.bytes(12)), authenticating: context)
            guard let combined = box.combined else { throw malformed }
            return combined
        } catch let error as any ConsiliumError {
            throw error
        } catch {
            throw SecureAggregationError(.cryptographyFailed, "Shares could not be encrypted.", cause: error)
        }
    }

    static func open(_ sealed: Data, key: Data, context: Data, from sender: String) throws -> Shares {
        guard sealed.count == sealedLength, let box = try? AES.GCM.SealedBox(combined: sealed),
            let plain = try? AES.GCM.open(box, using: SymmetricKey(data: key), authenticating: context),
            plain.count == 2 * shareLength
        else {
            throw SecureAggregationError(
                .badShare,
                "The shares from \(sender) can't be decrypted: they were altered, or made for another clinic or session."
            )
        }
        return Shares(seed: Data(plain.prefix(shareLength)), key: Data(plain.suffix(shareLength)))
    }

    /// What a box is bound to: who sent it to whom, in which session, after which keys.
    static func context(session: ContentHash, from sender: String, to receiver: String, keys: ContentHash) -> Data {
        Data("\(session)\n\(sender)\n\(receiver)\n\(keys)\n".utf8)
    }

    private static var malformed: SecureAggregationError {
        SecureAggregationError(.malformedMessage, "A share of a secure sum has \(shareLength) bytes.")
    }
}
