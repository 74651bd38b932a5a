import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Node

@Suite("Who may ask")
struct GatekeeperTests {
    @Test("a caller may ask in bursts and at a rate, each on its own")
    func rate() {
        var limiter = RateLimiter(perMinute: 60, burst: 3)
        let waits = [
            ("a", 10.0), ("a", 10), ("a", 10), ("a", 10), ("b", 10), ("a", 11), ("a", 11),
            // However long nobody asks, no more than a burst gathers; and time that runs backward gives nothing.
            ("a", 1e6), ("a", 1e6), ("a", 1e6), ("a", 1e6), ("a", 0),
        ].map { limiter.wait($0, at: $1) }
        #expect(waits == [nil, nil, nil, 1, nil, nil, 1, nil, nil, nil, 1, 1])
    }

    @Test("any number of callers takes bounded memory")
    func manyCallers() {
        var limiter = RateLimiter(perMinute: 1, burst: 2, mostCallers: 10)
        var passed = 0
        for number in 0..<1000 where limiter.wait("caller \(number)", at: 0) == nil { passed += 1 }
        #expect(passed == 12)
    }

    @Test("a token is made once, and its file is for this user alone")
    func tokenFile() throws {
        let folder = try TemporaryFolder()
        let file = folder.path("serve/token")
        let (token, isNew) = try AccessToken.loadOrCreate(at: file)
        #expect(isNew && token.text.count > 40)
        #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o600)
        let (again, isNewAgain) = try AccessToken.loadOrCreate(at: file)
        #expect(!isNewAgain && again.text == token.text)
        #expect(again.matches(token.text) && !again.matches(token.text + "x") && !again.matches(""))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        #expect(throws: NodeError(.badInput, "")) { try AccessToken.loadOrCreate(at: file) }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        try Data("short\n".utf8).write(to: file)
        #expect(throws: NodeError(.badInput, "")) { try AccessToken.loadOrCreate(at: file) }
    }

    private func gatekeeper() -> Gatekeeper {
        Gatekeeper(
            token: AccessToken("a-token-of-some-length"), isLoopback: true,
            requests: RateLimiter(perMinute: 60, burst: 5), now: { 0 })
    }

    @Test("only the token lets programs in, and guessing is slow")
    func bearer() throws {
        let gatekeeper = gatekeeper()
        try gatekeeper.checkBearer("Bearer a-token-of-some-length", from: "x")
        try gatekeeper.checkBearer("bearer a-token-of-some-length", from: "x")
        var statuses: [Int] = []
        let wrong = [
            nil, "", "Bearer", "Bearer ", "a-token-of-some-length", "Basic a-token-of-some-length", "Bearer b",
        ]
        for header in wrong + wrong {
            do {
                try gatekeeper.checkBearer(header, from: "x")
                Issue.record("let in")
            } catch let fault as OpenAIFault { statuses.append(fault.status) }
        }
        #expect(statuses == Array(repeating: 401, count: 10) + Array(repeating: 429, count: 4))
        // The right one still passes.
        try gatekeeper.checkBearer("Bearer a-token-of-some-length", from: "x")
    }

    @Test(
        "only this machine's own names are answered",
        arguments: [
            ("127.0.0.1:8081", true), ("localhost", true), ("LOCALHOST:1", true), ("[::1]:8081", true),
            ("evil.example:8081", false), ("127.0.0.1.evil.example", false), ("", false), (nil, false),
        ] as [(String?, Bool)])
    func hosts(host: String?, isAnswered: Bool) {
        let passes: Void? = try? gatekeeper().checkHost(host)
        #expect((passes != nil) == isAnswered)
    }

    @Test(
        "another page can't act for a person who is signed in",
        arguments: [
            (nil, nil, true), ("http://127.0.0.1:8081", "same-origin", true), (nil, "none", true),
            ("http://evil.example", nil, false), (nil, "cross-site", false), ("null", nil, false),
            (nil, "same-site", false),
        ] as [(String?, String?, Bool)])
    func origins(origin: String?, site: String?, isAllowed: Bool) {
        let check: Void? = try? gatekeeper().checkOrigin(origin, site: site, host: "127.0.0.1:8081")
        #expect((check != nil) == isAllowed)
    }

    @Test("signing in opens a session that signing out closes")
    func sessions() throws {
        let gatekeeper = gatekeeper()
        #expect(throws: OpenAIFault.unauthorized) { try gatekeeper.signIn("wrong", from: "x") }
        let name = try gatekeeper.signIn(" a-token-of-some-length\n", from: "x")
        let header = "other=1; consilium_session=\(name)"
        #expect(gatekeeper.isSignedIn(cookie: header))
        #expect(!gatekeeper.isSignedIn(cookie: "consilium_session=\(name)x"))
        #expect(!gatekeeper.isSignedIn(cookie: nil))
        gatekeeper.signOut(cookie: header)
        #expect(!gatekeeper.isSignedIn(cookie: header))
    }

    @Test("a session ends when nobody uses it, and their number is bounded")
    func sessionsEnd() throws {
        var book = SessionBook()
        let random = SystemRandom()
        let first = try book.open(at: 0, random: random)
        let isOpen = [1.0, 1.9, 4].map { book.isOpen(first, at: $0 * SessionBook.lifetime - 1) }
        #expect(isOpen == [true, true, false])
        let names = try (0..<SessionBook.most + 5).map { try book.open(at: Double($0), random: random) }
        var open = 0
        for name in names where book.isOpen(name, at: 1000) { open += 1 }
        #expect(open == SessionBook.most)
    }
}
