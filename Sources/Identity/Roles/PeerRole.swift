/// What the holder of a certificate may be, written into the certificate as a URI subject alternative name.
///
/// | role | URI |
/// |---|---|
/// | a clinic | `urn:consilium:clinic:<id>` |
/// | the coordinator | `urn:consilium:coordinator` |
/// | an administrator of the consortium | `urn:consilium:admin:<name>` |
///
/// A role says who someone is, not that they still take part: that is the ``Roster``'s to say.
public enum PeerRole: Sendable, Hashable {
    case clinic(ClinicID)
    case coordinator
    /// The name has the form of a ``ClinicID``, or a single character.
    case admin(String)

    static let prefix = "urn:consilium:"

    /// - Throws: ``IdentityError`` `.malformedRole` for every text that ``urn`` does not produce.
    public init(urn: String) throws {
        guard urn.hasPrefix(Self.prefix) else { throw Self.malformed }
        let parts = urn.dropFirst(Self.prefix.count).split(separator: ":", omittingEmptySubsequences: false).map(
            String.init)
        switch (parts.first, parts.count) {
        case ("coordinator", 1): self = .coordinator
        case ("clinic", 2):
            guard let id = try? ClinicID(parts[1]) else { throw Self.malformed }
            self = .clinic(id)
        case ("admin", 2):
            guard ClinicID.isName(parts[1], length: 1...40) else { throw Self.malformed }
            self = .admin(parts[1])
        default: throw Self.malformed
        }
    }

    public var urn: String {
        switch self {
        case .clinic(let id): "\(Self.prefix)clinic:\(id)"
        case .coordinator: "\(Self.prefix)coordinator"
        case .admin(let name): "\(Self.prefix)admin:\(name)"
        }
    }

    public var clinic: ClinicID? {
        guard case .clinic(let id) = self else { return nil }
        return id
    }

    public var isClinic: Bool { clinic != nil }
    public var isCoordinator: Bool { self == .coordinator }

    public var isAdmin: Bool {
        guard case .admin = self else { return false }
        return true
    }

    private static let malformed = IdentityError(
        .malformedRole,
        "A role reads urn:consilium:clinic:<id>, urn:consilium:coordinator or urn:consilium:admin:<name>, "
            + "with names of lower-case letters, digits and hyphens.")
}

extension PeerRole: CustomStringConvertible {
    /// For sentences: `clinic lakeside`, `the coordinator`, `admin anna`.
    public var description: String {
        switch self {
        case .clinic(let id): "clinic \(id)"
        case .coordinator: "the coordinator"
        case .admin(let name): "admin \(name)"
        }
    }
}

extension PeerRole: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(urn: decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(urn)
    }
}
