import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@testable import Coordinator
@testable import Transport

@Suite("Through a hospital's proxy", .serialized)
struct ProxyTests {
    @Test("a whole round goes through tunnels, and the proxy reads nothing but the coordinator's address")
    func wholeRound() async throws {
        let test = try await TestCoordinator(clinics: 3)
        var server = try await test.start()
        let proxy = try ConnectProxy(.open)
        server.proxy = ProxySettings(host: "127.0.0.1", port: proxy.port)
        let job = try await test.maskedJob(on: server)
        var clinics = (0..<3).map { SumClinic(test, $0, job) }
        for clinic in clinics { try await clinic.ready(1, on: server) }
        try await MaskedRunTests.sum(&clinics, round: 1, on: &server)
        let result = try await MaskedRunTests.result(1, job, test, server)
        #expect(result.participants.count == 3)
        #expect(!proxy.requests.isEmpty)
        for request in proxy.requests { #expect(request == "CONNECT localhost:\(server.port) HTTP/1.1") }
        let seen = proxy.tunnelled
        // A TLS handshake record, and then nothing of HTTP or of who the clinic is.
        #expect(seen.first == 0x16 && seen.count > 10_000)
        for words in ["HTTP/1.1", "/v1/", "job-1", "urn:consilium", "BEGIN CERTIFICATE"] {
            #expect(seen.range(of: Data(words.utf8)) == nil, "the proxy read “\(words)”")
        }
        await server.kill()
    }

    @Test("a proxy that asks for a password gets it, and nobody else does")
    func password() async throws {
        let test = try await TestCoordinator(clinics: 1)
        var server = try await test.start()
        let proxy = try ConnectProxy(.password("Basic \(Data("clinic:open sesame".utf8).base64EncodedString())"))
        server.proxy = ProxySettings(
            host: "127.0.0.1", port: proxy.port, username: "clinic", password: "open sesame")
        try await server.with(test.consortium.clinics[0]) { _ = try await $0.roster() }
        #expect(proxy.tunnelled.range(of: Data("sesame".utf8)) == nil)
        for wrong in [
            ProxySettings(host: "127.0.0.1", port: proxy.port),
            ProxySettings(host: "127.0.0.1", port: proxy.port, username: "clinic", password: "wrong word"),
        ] {
            server.proxy = wrong
            let message = try await Self.failure(server, test)
            #expect(message.contains("407") && message.contains("proxyPasswordFile"), "\(message)")
            #expect(message.contains("127.0.0.1:\(proxy.port)") && !message.contains("wrong word"))
        }
        await server.kill()
    }

    @Test("a proxy that forbids the tunnel, is not there, or reaches nobody is named, with what to do")
    func refusals() async throws {
        let test = try await TestCoordinator(clinics: 1)
        var server = try await test.start()
        for status in [403, 502] {
            let proxy = try ConnectProxy(.refuse(status))
            server.proxy = ProxySettings(host: "127.0.0.1", port: proxy.port)
            let message = try await Self.failure(server, test)
            #expect(message.contains("allow CONNECT to localhost:\(server.port)"), "\(message)")
            #expect(message.contains("127.0.0.1:\(proxy.port)"))
        }
        server.proxy = ProxySettings(host: "127.0.0.1", port: 1)
        let message = try await Self.failure(server, test)
        #expect(message.contains("proxy 127.0.0.1:1"), "\(message)")
        await server.kill()
    }

    private static func failure(_ server: RunningCoordinator, _ test: TestCoordinator) async throws -> String {
        let error = await #expect(throws: FederationError(.unavailable, "")) {
            try await server.with(test.consortium.clinics[0]) { _ = try await $0.roster() }
        }
        return error?.message ?? ""
    }

    @Test(
        "the environment's proxy counts unless the host is excepted or this machine",
        arguments: [
            ("coordinator.example", ["HTTPS_PROXY": "http://proxy:3128"], "proxy:3128"),
            ("coordinator.example", ["https_proxy": "proxy:3128"], "proxy:3128"),
            ("coordinator.example", ["HTTPS_PROXY": "http://me:secret@proxy:3128"], "proxy:3128"),
            ("coordinator.example", ["HTTPS_PROXY": "http://proxy"], "proxy:80"),
            ("coordinator.example", ["HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "a.b, .example"], nil),
            ("coordinator.example", ["HTTPS_PROXY": "http://proxy:3128", "no_proxy": "COORDINATOR.example"], nil),
            ("coordinator.example", ["HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "*"], nil),
            ("notexample", ["HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "example"], "proxy:3128"),
            ("localhost", ["HTTPS_PROXY": "http://proxy:3128"], nil),
            ("127.0.0.9", ["HTTPS_PROXY": "http://proxy:3128"], nil),
            ("coordinator.example", ["HTTPS_PROXY": ""], nil),
            ("coordinator.example", ["HTTP_PROXY": "http://proxy:3128"], nil),
        ] as [(String, [String: String], String?)])
    func environment(host: String, variables: [String: String], expected: String?) throws {
        let address = try CoordinatorAddress("https://\(host):8443")
        let proxy = try ProxySettings.fromEnvironment(for: address, variables)
        #expect(proxy?.description == expected)
        #expect(proxy?.username == (variables.values.contains { $0.contains("@") } ? "me" : nil))
    }

    @Test("a proxy of a kind that can't be used is refused without repeating what was written")
    func wrongEnvironment() throws {
        let address = try CoordinatorAddress("https://coordinator.example:8443")
        let error = #expect(throws: TransportError(.invalidAddress, "")) {
            _ = try ProxySettings.fromEnvironment(for: address, ["HTTPS_PROXY": "socks5://me:secret@proxy:1080"])
        }
        #expect(error?.message.contains("secret") == false)
    }
}
