internal import ConsiliumCore
internal import Crypto
internal import Foundation
internal import Reports

/// Seals what must survive a crash and be read by nobody: the secrets of a masked sum, and an update before it is masked.
///
/// AES-256-GCM (NIST SP 800-38D) under a key derived from the vault's, bound to a place: what is moved to another job or round
/// does not open. An older copy put back in its own place does; the ledger and the coordinator's view are what notice that.
struct StateSeal: Sendable {
    /// What a sealed file begins with. Nothing that was written before there was a seal begins like this.
    static let mark = Data("consilium-seal1\n".utf8)

    private let keyFile: URL

    init(_ home: NodeHome) { keyFile = home.vaultKeyFile }

    /// - Parameter place: what it is and where it belongs; must be named again to open it.
    func seal(_ plain: Data, place: String) throws -> Data {
        do {
            let box = try AES.GCM.seal(plain, using: key(), authenticating: Data(place.utf8))
            guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
            var sealed = Data(capacity: Self.mark.count + combined.count)
            sealed.append(Self.mark)
            sealed.append(combined)
            return sealed
        } catch let error as any ConsiliumError {
            throw error
        } catch {
            throw NodeError(.stateUnwritable, "A round's state can't be sealed. Try again.", cause: error)
        }
    }

    /// - Throws: ``NodeError`` `.stateUnreadable` if a bit differs, or the vault's key is another one.
    func open(_ stored: Data, place: String) throws -> Data {
        // Written by an older version in the middle of a round; the next write seals it.
        guard stored.starts(with: Self.mark) else { return stored }
        let key = try key()
        do {
            let box = try AES.GCM.SealedBox(combined: stored.dropFirst(Self.mark.count))
            return try AES.GCM.open(box, using: key, authenticating: Data(place.utf8))
        } catch {
            throw NodeError(
                .stateUnreadable,
                "The stored state (\(place)) was changed, or the vault's key is another one. Nothing was sent; restore the node's "
                    + "folder from one backup, or deny the job.", cause: error)
        }
    }

    private func key() throws -> SymmetricKey {
        SymmetricKey(data: try VaultKey.load(from: keyFile).roundState)
    }
}
