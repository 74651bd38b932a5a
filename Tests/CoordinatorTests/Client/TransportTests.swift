import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing

@testable import Transport

@Suite("The client's settings and patience")
struct TransportTests {
    @Test("pauses grow, stay under the cap, and end", arguments: [0.0, 0.5, 0.999])
    func pauses(random: Double) {
        let policy = RetryPolicy(attempts: 5, base: .seconds(1), cap: .seconds(3))
        let pauses = (1...5).map { policy.pause(afterAttempt: $0, random: random) }
        let expected: [Duration?] = [
            .seconds(1) * random, .seconds(2) * random, .seconds(3) * random, .seconds(3) * random, nil,
        ]
        #expect(pauses == expected)
        #expect(RetryPolicy.never.pause(afterAttempt: 1, random: random) == nil)
    }

    @Test(
        "an address has scheme and host and nothing behind",
        arguments: [
            "http://a.example", "https://", "https://a.example/path", "https://a.example:99999", "https://u@a.example",
            "a.example", "",
        ])
    func badAddress(text: String) {
        #expect(throws: TransportError(.invalidAddress, "")) { _ = try CoordinatorAddress(text) }
    }

    @Test("the port may be left out")
    func defaultPort() throws {
        #expect(try CoordinatorAddress("https://a.example").description == "https://a.example:8443")
        #expect(try CoordinatorAddress("https://127.0.0.1:9/").port == 9)
    }

    @Test("a proxy's password is not taken from its URL")
    func proxyWithPassword() throws {
        #expect(try ProxySettings(url: "http://proxy.example:3128").port == 3128)
        #expect(throws: TransportError(.invalidAddress, "")) {
            _ = try ProxySettings(url: "http://me:secret@proxy.example:3128")
        }
    }

    @Test("a coordinator that is down is reported in words after the last attempt")
    func coordinatorDown() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1)
        var options = CoordinatorClient.Options()
        options.retry = RetryPolicy(attempts: 3, base: .milliseconds(10), cap: .milliseconds(20))
        // Port 1 of loopback: nothing listens there.
        let client = try CoordinatorClient(
            address: CoordinatorAddress("https://127.0.0.1:1"), tls: TLSSettings(consortium.clinics[0]),
            options: options)
        let error = await #expect(throws: FederationError(.unavailable, "")) { _ = try await client.roster() }
        try await client.shutdown()
        #expect(error?.message.hasPrefix("The coordinator at https://127.0.0.1:1 can't be reached.") == true)
    }

    @Test("certificates and keys that are none are refused before anything is sent", arguments: ["", "nonsense"])
    func badPEM(text: String) async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1)
        var tls = TLSSettings(consortium.clinics[0])
        tls.privateKeyPEM = text
        #expect(throws: TransportError(.invalidCertificate, "")) { _ = try tls.clientConfiguration() }
        tls = TLSSettings(consortium.clinics[0])
        tls.authorityPEM = text
        #expect(throws: TransportError(.invalidCertificate, "")) { _ = try tls.clientConfiguration() }
        #expect(throws: TransportError(.invalidCertificate, "")) {
            _ = try TLSSettings(authority: consortium.authority.certificate).serverConfiguration()
        }
    }

    @Test(
        "a misspelt name finds its nearest",
        arguments: [
            ("lisen", "listen"), ("LISTEN", "listen"), ("limts", "limits"), ("lsiten", "listen"), ("zebra", nil),
        ]
            as [(String, String?)])
    func nearest(name: String, expected: String?) {
        #expect(NearestName.of(name, among: ["listen", "limits", "folder"]) == expected)
    }
}

@Suite("Configuration files are read strictly")
struct StrictYAMLTests {
    struct Settings: Decodable, Equatable {
        struct Inner: Decodable, Equatable { var count: Int }
        var name: String
        var inner: Inner?
        var list: [Inner]?
    }

    static let schema = YAMLSchema.mapping([
        "name": .value, "inner": .mapping(["count": .value]), "list": .list(.mapping(["count": .value])),
    ])

    static func decode(_ text: String) throws -> Settings {
        try StrictYAML.decode(Settings.self, schema: schema, from: text, name: "site.yaml")
    }

    @Test("a right file is read")
    func right() throws {
        let settings = try Self.decode("name: a # comment\ninner: {count: 3}\nlist:\n  - count: 1\n  - count: 2\n")
        #expect(settings == Settings(name: "a", inner: .init(count: 3), list: [.init(count: 1), .init(count: 2)]))
    }

    @Test(
        "what is wrong is named with its place",
        arguments: [
            ("nmae: a", "line 1: “nmae” is unknown. Did you mean “name”?"),
            ("name: a\ninner:\n  cuont: 3", "line 3: “inner.cuont” is unknown. Did you mean “inner.count”?"),
            ("name: a\nlist:\n  - xyz: 3", "Known keys here: count"),
            ("name: a\ninner: 5", "“inner” must be a mapping"),
            ("name: a\ninner: {count: many}", "“inner.count” must be a whole number"),
            ("inner: {count: 3}", "“name” is missing"),
            ("name: a\nname: b", "“name” is given twice"),
            ("name: [a", "not valid YAML"),
            ("name: {x: 1}", "“name” has no keys of its own"),
            ("", "the file is empty"),
        ])
    func wrong(text: String, message: String) {
        let error = #expect(throws: TransportError(.invalidConfiguration, "")) { _ = try Self.decode(text) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }
}
