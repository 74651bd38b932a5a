public import Identity

/// What a new coordinator asks of the consortium's admin: `request.json`, carried by hand. Everything in it is public.
public struct CoordinatorRequest: Codable, Sendable, Equatable {
    public var tlsRequest: CertificateRequest
    public var signingKey: SigningPublicKey
    /// Names and addresses under which clinics dial it; they go into the TLS certificate.
    public var dnsNames: [String]
    public var ipAddresses: [String]

    public init(tlsRequest: CertificateRequest, signingKey: SigningPublicKey, dnsNames: [String], ipAddresses: [String])
    {
        self.tlsRequest = tlsRequest
        self.signingKey = signingKey
        self.dnsNames = dnsNames
        self.ipAddresses = ipAddresses
    }
}

/// The admin's answer: `grant.json`. A coordinator that starts for the first time believes the CA in it, because it came from
/// the admin by hand; from then on everything is checked against that CA.
public struct CoordinatorGrant: Codable, Sendable, Equatable {
    public var certificates: EnrolmentGrant
    /// The first roster; later ones arrive over the network.
    public var roster: SignedDocument<Roster>

    public init(certificates: EnrolmentGrant, roster: SignedDocument<Roster>) {
        self.certificates = certificates
        self.roster = roster
    }
}
