import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Testing
import Transport

@testable import Coordinator

@Suite("From an empty folder to a coordinator that serves", .serialized)
struct SetupTests {
    @Test("init writes keys, request and configuration; the admin's grant makes it serve")
    func wholeWay() async throws {
        let consortium = try await ThrowawayConsortium(clinics: 1)
        let folder = CoordinatorFolder(consortium.folder.path("new"))
        try CoordinatorSetup.initialize(folder, hosts: ["localhost", "127.0.0.1"], listen: "127.0.0.1:0")
        let configuration = try CoordinatorConfiguration(file: folder.configuration)
        #expect(configuration.folder.standardizedFileURL.path == folder.url.standardizedFileURL.path)
        await #expect(throws: CoordinatorError(.notGranted, "")) {
            _ = try await CoordinatorServer(configuration: configuration)
        }
        let request = try CanonicalJSON.decode(CoordinatorRequest.self, from: Data(contentsOf: folder.request))
        #expect(request.dnsNames == ["localhost"] && request.ipAddresses == ["127.0.0.1"])

        let tls = try consortium.authority.issueTLS(
            request.tlsRequest, role: .coordinator, dnsNames: request.dnsNames, ipAddresses: request.ipAddresses,
            at: consortium.date)
        let signing = try consortium.authority.issueSigning(request.signingKey, role: .coordinator, at: consortium.date)
        let old = try CanonicalJSON.decode(Roster.self, from: consortium.roster.payload)
        let roster = try Roster(
            consortium: old.consortium, version: 1, issuedAt: old.issuedAt, members: old.members,
            coordinator: Roster.Official(tlsCertificate: tls, signingCertificate: signing), admins: old.admins)
        let grant = CoordinatorGrant(
            certificates: EnrolmentGrant(
                tlsCertificate: tls, signingCertificate: signing, authority: consortium.authority.certificate),
            roster: try consortium.admin.sign(roster, kind: .roster))
        try DurableFile.write(CanonicalJSON.encode(grant), to: folder.grant)
        #expect(throws: CoordinatorError(.alreadyInitialized, "")) {
            try CoordinatorSetup.initialize(folder, hosts: ["localhost"], listen: "127.0.0.1:0")
        }

        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = try await CoordinatorServer(configuration: configuration, onListening: { continuation.yield($0) })
        let task = Task { try await server.run() }
        for await port in ports {
            let written = try String(contentsOf: folder.port, encoding: .utf8)
            #expect(written == "\(port)\n")
            for host in ["localhost", "127.0.0.1"] {
                let client = try CoordinatorClient(
                    address: CoordinatorAddress("https://\(host):\(port)"), tls: TLSSettings(consortium.clinics[0]))
                _ = try await client.roster()
                try await client.shutdown()
            }
            break
        }
        task.cancel()
        _ = try? await task.value
        #expect(!FileManager.default.fileExists(atPath: folder.port.path))
    }

    @Test("a grant for other keys is refused")
    func foreignGrant() async throws {
        let test = try await TestCoordinator(clinics: 1)
        let other = try await ThrowawayConsortium(clinics: 1)
        try test.write(
            CoordinatorGrant(certificates: TestCoordinator.certificates(of: other.coordinator), roster: other.roster))
        await #expect(throws: IdentityError(.keyMismatch, "")) {
            _ = try await CoordinatorServer(configuration: CoordinatorConfiguration(folder: test.folder.url))
        }
    }

    @Test(
        "names that no certificate can carry are refused",
        arguments: [[], [""], ["a b"], ["-x.example"], ["a..b"]] as [[String]])
    func badHosts(hosts: [String]) throws {
        let folder = try TemporaryFolder()
        #expect(throws: CoordinatorError(.invalidHost, "")) {
            try CoordinatorSetup.initialize(CoordinatorFolder(folder.path("x")), hosts: hosts, listen: "127.0.0.1:0")
        }
    }

    @Test(
        "values out of bounds are refused",
        arguments: [
            "listen: nowhere", "listen: 1.2.3.4:70000", "listen: 1.2.3.4:1\nlimits: {idleSeconds: 1}",
            "listen: 1.2.3.4:1\nconsentDeadlineHours: -1", "listen: 1.2.3.4:1\nlogLevel: loud",
        ])
    func badConfiguration(text: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("coordinator.yaml", text)
        #expect(throws: CoordinatorError(.invalidConfiguration, "")) { _ = try CoordinatorConfiguration(file: file) }
    }

    @Test("the annotated example is a valid configuration")
    func example() throws {
        let file = SharedData.packageRoot.appendingPathComponent("coordinator/coordinator.yaml")
        let configuration = try CoordinatorConfiguration(file: file)
        #expect(configuration.port == 8443)
    }

    @Test("a port that is taken is reported in words")
    func portTaken() async throws {
        let test = try await TestCoordinator(clinics: 1)
        let other = try await TestCoordinator(clinics: 1)
        let running = try await test.start()
        var configuration = CoordinatorConfiguration(folder: other.folder.url)
        configuration.port = running.port
        let second = try await CoordinatorServer(configuration: configuration)
        await #expect(throws: CoordinatorError(.cannotListen, "")) { try await second.run() }
        await running.kill()
        // What could not listen has given its folder back.
        let third = try await other.start()
        await third.kill()
    }

    @Test("a folder that is served is refused to a second server, which changes nothing in it")
    func folderTaken() async throws {
        let test = try await TestCoordinator(clinics: 1)
        let running = try await test.start()
        let half = CoordinatorFolder.temporary(in: test.folder.updates)
        try Data("being written".utf8).write(to: half)
        let error = await #expect(throws: CoordinatorError(.alreadyRunning, "")) {
            _ = try await CoordinatorServer(configuration: CoordinatorConfiguration(folder: test.folder.url))
        }
        #expect(error?.category.exitCode == 75)
        #expect(FileManager.default.fileExists(atPath: half.path))
        #expect(try String(contentsOf: test.folder.port, encoding: .utf8) == "\(running.port)\n")
        await running.kill()
        let next = try await test.start()
        #expect(!FileManager.default.fileExists(atPath: half.path))
        await next.kill()
    }
}
