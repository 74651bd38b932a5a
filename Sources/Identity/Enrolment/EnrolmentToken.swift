public import ConsiliumCore
public import Foundation

/// A one-time secret that lets one clinic enroll: the seed of an Ed25519 key.
///
/// The admin hands ``text`` to the clinic by a trusted way and keeps nothing of it; the coordinator gets the
/// ``TokenRecord``, with which it can check an enrolment and can't make one.
public struct EnrolmentToken: Sendable {
    /// 16 hexadecimal digits; not secret.
    public let id: String
    public let clinic: ClinicID
    private let seed: Data
    let key: SigningKey

    static let prefix = "consilium1"

    /// A new token from `random`.
    public init(clinic: ClinicID, random: any SecureRandom = SystemRandom()) throws {
        try self.init(id: random.bytes(8).hexadecimal, clinic: clinic, seed: random.bytes(32))
    }

    /// Reads `consilium1.<clinic>.<token id>.<base64url seed>`; white space around it doesn't matter.
    /// - Throws: ``IdentityError`` `.malformedToken`.
    public init(text: String) throws {
        let parts = text.trimmingCharacters(in: .whitespacesAndNewlines).split(
            separator: ".", omittingEmptySubsequences: false
        ).map(String.init)
        guard parts.count == 4, parts[0] == Self.prefix, let clinic = try? ClinicID(parts[1]), Self.isID(parts[2]),
            let seed = Data(base64URL: parts[3]), seed.count == 32
        else {
            throw IdentityError(
                .malformedToken,
                "This is not a complete enrolment token (consilium1.<clinic>.<id>.<secret>). "
                    + "Copy it again, or ask the admin for a new one."
            )
        }
        try self.init(id: parts[2], clinic: clinic, seed: seed)
    }

    private init(id: String, clinic: ClinicID, seed: Data) throws {
        self.id = id
        self.clinic = clinic
        self.seed = seed
        key = try SigningKey(seed: seed)
    }

    /// The secret itself. For the one person who hands it over; never for a log.
    public var text: String { [Self.prefix, clinic.text, id, seed.base64URL].joined(separator: ".") }

    /// The public part, which the admin signs as ``DocumentKind/enrolment`` for the coordinator.
    public func record(issued: Date, expires: Date) -> TokenRecord {
        TokenRecord(id: id, clinic: clinic, publicKey: key.publicKey, issued: issued, expires: expires)
    }

    static func isID(_ text: String) -> Bool { text.utf8.count == 16 && Data(hexadecimal: text) != nil }
}

extension EnrolmentToken: CustomStringConvertible, CustomReflectable {
    public var description: String { "EnrolmentToken(\(id) for \(clinic), secret)" }
    public var customMirror: Mirror { Mirror(self, children: ["id": id, "clinic": clinic.text]) }
}
