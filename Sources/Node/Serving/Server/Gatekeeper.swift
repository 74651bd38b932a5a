internal import ConsiliumCore
internal import Foundation

/// Decides who may do what, before anything else is looked at. Knows nothing of HTTP's machinery.
///
/// `@unchecked Sendable`: the lock guards what changes.
final class Gatekeeper: @unchecked Sendable {
    private let token: AccessToken
    /// Whether requests must name this machine itself: a foreign page that points its own name at 127.0.0.1 (DNS
    /// rebinding) does not.
    private let isLoopback: Bool
    private let random: any SecureRandom
    private let now: @Sendable () -> Double
    private let lock = NSLock()
    private var requests: RateLimiter
    private var failures = RateLimiter(perMinute: 10, burst: 10)
    private var sessions = SessionBook()

    init(
        token: AccessToken, isLoopback: Bool, requests: RateLimiter, random: any SecureRandom = SystemRandom(),
        now: @escaping @Sendable () -> Double
    ) {
        self.token = token
        self.isLoopback = isLoopback
        self.requests = requests
        self.random = random
        self.now = now
    }

    /// - Parameter host: the request's `Host`, with or without a port.
    func checkHost(_ host: String?) throws {
        guard isLoopback else { return }
        var name = (host ?? "").lowercased()
        if let end = name.lastIndex(of: "]") {
            name = String(name[...end])
        } else if let colon = name.lastIndex(of: ":") {
            name = String(name[..<colon])
        }
        guard ["127.0.0.1", "localhost", "[::1]"].contains(name) else {
            throw OpenAIFault(
                421,
                "This server answers only to its own address, such as 127.0.0.1. Check the address of the request.",
                code: "wrong_host")
        }
    }

    /// A page of another origin must not act in a signed-in person's name.
    func checkOrigin(_ origin: String?, site: String?, host: String?) throws {
        let isForeignSite = site.map { $0 != "same-origin" && $0 != "none" } ?? false
        let isForeignOrigin = origin.map { $0.split(separator: "/").last.map(String.init) != host } ?? false
        guard !isForeignSite, !isForeignOrigin else {
            throw OpenAIFault(403, "This request comes from another page. Use the server's own.", code: "wrong_origin")
        }
    }

    /// For clients of the interface.
    func checkBearer(_ header: String?, from address: String) throws {
        let parts = (header ?? "").split(separator: " ", maxSplits: 1)
        let isRight = parts.count == 2 && parts[0].lowercased() == "bearer" && token.matches(parts[1])
        try admit(isRight, from: address)
    }

    /// For the page.
    func signIn(_ candidate: String, from address: String) throws -> String {
        try admit(token.matches(candidate.trimmingCharacters(in: .whitespacesAndNewlines)), from: address)
        return try lock.withLock { try sessions.open(at: now(), random: random) }
    }

    func isSignedIn(cookie header: String?) -> Bool {
        guard let name = SessionBook.name(in: header) else { return false }
        return lock.withLock { sessions.isOpen(name, at: now()) }
    }

    func checkSession(cookie header: String?, from address: String) throws {
        guard isSignedIn(cookie: header) else {
            throw OpenAIFault(
                401, "You are not signed in any more. Load the page again and sign in.", type: "authentication_error",
                code: "no_session")
        }
        try admit(true, from: address)
    }

    func signOut(cookie header: String?) {
        guard let name = SessionBook.name(in: header) else { return }
        lock.withLock { sessions.close(name) }
    }

    private func admit(_ isRight: Bool, from address: String) throws {
        let wait = lock.withLock {
            isRight ? requests.wait(address, at: now()) : failures.wait(address, at: now())
        }
        if let wait {
            throw OpenAIFault(
                429, "Too many requests. Try again in \(Int(wait.rounded(.up))) s.", type: "rate_limit_error",
                code: "rate_limit_exceeded", retryAfter: max(1, Int(wait.rounded(.up))))
        }
        guard isRight else { throw OpenAIFault.unauthorized }
    }
}
