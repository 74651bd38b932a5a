internal import ConsiliumCore
internal import Foundation

/// All that a clinic needs to join, as one text to paste: where the coordinator is, the consortium's authority, and a one-time
/// token. As secret as the token in it.
public struct Invitation: Sendable {
    public let coordinator: String
    public let authority: AuthorityCertificate
    public let token: EnrolmentToken

    private static let prefix = "consilium-invitation1."

    private struct Content: Codable {
        var coordinator: String
        var authority: Data
        var token: String
    }

    public init(coordinator: String, authority: AuthorityCertificate, token: EnrolmentToken) {
        self.coordinator = coordinator
        self.authority = authority
        self.token = token
    }

    /// White space in it, as mail programs put it into long lines, doesn't matter.
    ///
    /// - Throws: ``IdentityError`` `.malformedToken`, or `.malformedCertificate` for an authority that is none.
    public init(text: String) throws {
        let text = text.filter { !$0.isWhitespace }
        guard text.hasPrefix(Self.prefix), text.utf8.count < 64 << 10,
            let bytes = Data(base64URL: String(text.dropFirst(Self.prefix.count))),
            let content = try? CanonicalJSON.decode(Content.self, from: bytes)
        else {
            throw IdentityError(
                .malformedToken,
                "This is not a complete invitation (\(Self.prefix)…). Copy all of it again, or ask the admin for a new one."
            )
        }
        coordinator = content.coordinator
        authority = try AuthorityCertificate(der: Array(content.authority))
        token = try EnrolmentToken(text: content.token)
    }

    /// The secret itself. For the one person who hands it over; never for a log.
    public func text() throws -> String {
        let content = Content(coordinator: coordinator, authority: Data(authority.der), token: token.text)
        return Self.prefix + (try CanonicalJSON.encode(content)).base64URL
    }
}

extension Invitation: CustomStringConvertible, CustomReflectable {
    public var description: String { "Invitation(\(token.clinic) to \(coordinator), secret)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
