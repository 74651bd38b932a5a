public import ConsiliumCore

/// What came out of a signature check: only ``SignedDocument`` makes one.
public struct VerifiedDocument<Payload: Sendable>: Sendable {
    public let payload: Payload
    public let signer: PeerIdentity
    public let payloadHash: ContentHash

    init(payload: Payload, signer: PeerIdentity, payloadHash: ContentHash) {
        self.payload = payload
        self.signer = signer
        self.payloadHash = payloadHash
    }
}
