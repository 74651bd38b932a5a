/// The two private keys of a clinic, of the coordinator or of an admin. Born in that party's folder; they never leave
/// it.
public struct PeerKeys: Sendable {
    public let tls: TLSKey
    public let signing: SigningKey

    /// New keys from the system's randomness.
    public init() { self.init(tls: TLSKey(), signing: SigningKey()) }

    public init(tls: TLSKey, signing: SigningKey) {
        self.tls = tls
        self.signing = signing
    }
}
