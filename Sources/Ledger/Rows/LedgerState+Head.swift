internal import Crypto

extension LedgerState {
    /// The stored head must be signed and be that of the last row; otherwise rows were cut off or put on.
    mutating func check(_ signed: SignedHead?, publicKey: Curve25519.Signing.PublicKey?) {
        guard let head else {
            report(.misplacedGenesis, nil, "the ledger has no rows")
            return
        }
        guard let signed else {
            report(.wrongHead, nil, "the signed head is missing")
            return
        }
        if publicKey?.isValidSignature(signed.signature, for: signed.head.signedBytes) != true {
            report(.wrongHead, nil, "the head's signature does not fit the ledger's key")
        }
        if signed.head != head {
            report(
                .wrongHead, nil,
                "the signed head is row \(signed.head.sequence), the last row is \(head.sequence): rows were "
                    + "removed or put on"
            )
        }
    }
}
