import ConsiliumCore
import ConsiliumTesting
import Foundation
import Identity
import Reports
import Testing

@testable import Node

@Suite("Making a clinic's folder")
struct NodeSetupTests {
    private func mode(_ url: URL) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int)
    }

    @Test("keys, vault, ledger and state are made, and the secrets are for this user alone")
    func files() throws {
        let node = try NodeFixture()
        let home = node.home
        for file in [home.vaultFile, home.ledgerFile, home.stateFile, home.configurationFile, home.egressFolder] {
            #expect(FileManager.default.fileExists(atPath: file.path))
        }
        for secret in [home.keyFiles.tlsKey, home.keyFiles.signingKey, home.vaultKeyFile, home.siteKeyFile] {
            #expect(try mode(secret) == 0o600)
        }
        #expect(try mode(home.folder) == 0o700)
        #expect(try node.services().siteKey().count == 32)
    }

    @Test("two clinics share no key")
    func distinctKeys() throws {
        let nodes = [try NodeFixture(), try NodeFixture()]
        func differ(_ file: (NodeHome) -> URL) throws -> Bool {
            try DurableFile.read(file(nodes[0].home)) != DurableFile.read(file(nodes[1].home))
        }
        #expect(try differ { $0.siteKeyFile })
        #expect(try differ { $0.vaultKeyFile })
        #expect(try differ { $0.keyFiles.signingKey })
        #expect(try differ { $0.keyFiles.tlsKey })
    }

    @Test("a second init is refused and changes not one byte")
    func secondInit() throws {
        let node = try NodeFixture()
        let files = [
            node.home.configurationFile, node.home.keyFiles.signingKey, node.home.vaultKeyFile, node.home.siteKeyFile,
            node.home.ledgerFile,
        ]
        let before = try files.map { try ContentHash(ofFile: $0) }
        let other = try node.folder.write("other.yaml", "clinic:\n  id: summit\n")
        let error = try #require(throws: NodeError.self) {
            try NodeSetup().initialize(node.home, siteConfiguration: other)
        }
        #expect(error.code == .alreadyInitialized)
        #expect(error.category == .usage)
        #expect(try files.map { try ContentHash(ofFile: $0) } == before)
    }

    @Test("an init that was interrupted goes on and keeps the keys that were born")
    func resumedInit() throws {
        let node = try NodeFixture()
        let kept = [
            node.home.keyFiles.signingKey, node.home.vaultKeyFile, node.home.siteKeyFile, node.home.keyFiles.tlsKey,
        ]
        let before = try kept.map { try ContentHash(ofFile: $0) }
        // The configuration is written last: without it the init has not ended.
        try FileManager.default.removeItem(at: node.home.configurationFile)
        #expect(throws: NodeError.code(.notInitialized)) { try node.home.requireInitialized() }
        _ = try NodeSetup().initialize(node.home, siteConfiguration: node.folder.path("lakeside.yaml"))
        #expect(try kept.map { try ContentHash(ofFile: $0) } == before)
        #expect(try node.services().vault().counts().total == 0)
    }

    @Test("a bad configuration makes no folder at all")
    func badConfiguration() throws {
        let folder = try TemporaryFolder()
        let site = try folder.write("site.yaml", "clinic:\n  id: lakeside\nprivacy:\n  delta: 7\n")
        let home = NodeHome(folder.path("node"))
        #expect(throws: NodeError.code(.configurationInvalid)) {
            try NodeSetup().initialize(home, siteConfiguration: site)
        }
        #expect(!FileManager.default.fileExists(atPath: home.folder.path))
    }

    @Test("randomness that fails leaves a folder that is no node's")
    func noRandomness() throws {
        let folder = try TemporaryFolder()
        let site = try folder.write("site.yaml", "clinic:\n  id: lakeside\n")
        let home = NodeHome(folder.path("node"))
        #expect(throws: CoreError(.randomnessUnavailable, "")) {
            try NodeSetup(random: FailingRandom(afterBytes: 16)).initialize(home, siteConfiguration: site)
        }
        #expect(throws: NodeError.code(.notInitialized)) { try NodeServices(home: home) }
    }

    @Test("the copied configuration means the same folders and keeps its comments")
    func copiedPaths() throws {
        let folder = try TemporaryFolder()
        let site = try folder.write(
            "config/site.yaml",
            """
            # Our clinic
            clinic:
              id: lakeside   # as in the token
            reports:
              sources:
                - ../reports   # exported each night
                - "/mnt/archive"
            model:
              folders:
                - ../models/base
            """)
        let home = NodeHome(folder.path("elsewhere/node"))
        _ = try NodeSetup().initialize(home, siteConfiguration: site)
        let original = try SiteConfiguration.load(from: site)
        #expect(try home.configuration() == original)
        #expect(original.reports.sources == [folder.path("reports").path, "/mnt/archive"])
        let copy = try String(contentsOf: home.configurationFile, encoding: .utf8)
        #expect(copy.contains("# Our clinic"))
        #expect(copy.contains("# as in the token"))
    }

    @Test("a list of relative paths in brackets means the same folders after init")
    func inlinePaths() throws {
        let folder = try TemporaryFolder()
        let site = try folder.write(
            "config/site.yaml",
            "clinic:\n  id: lakeside\nreports:\n  sources: [../reports]\nmodel:\n  folders: [ ../models/base, m2 ]\n")
        let home = NodeHome(folder.path("elsewhere/deeper/node"))
        _ = try NodeSetup().initialize(home, siteConfiguration: site)
        #expect(try home.configuration() == SiteConfiguration.load(from: site))
    }

    @Test("a folder that was never initialized is named with what to do")
    func notInitialized() throws {
        let folder = try TemporaryFolder()
        let error = try #require(throws: NodeError.self) { try NodeServices(home: NodeHome(folder.path("none"))) }
        #expect(error.code == .notInitialized)
        #expect(error.category.exitCode == 64)
        #expect(error.message.contains("consilium-node init"))
    }

    @Test("a lost ledger stops the node instead of being made anew")
    func lostLedger() throws {
        let node = try NodeFixture()
        try FileManager.default.removeItem(at: node.home.ledgerFile)
        #expect(throws: NodeError.code(.privacyStateMissing)) { try node.services().ledger() }
        #expect(!FileManager.default.fileExists(atPath: node.home.ledgerFile.path))
    }

    @Test("the doctor finds a new node healthy, a missing folder noteworthy, and a damaged key a fault")
    func doctor() async throws {
        let node = try NodeFixture()
        let healthy = await NodeDoctor(home: node.home).examine()
        #expect(healthy.healthy)
        #expect(healthy.checks.contains { $0.name == "ledger" && $0.verdict == .ok })
        #expect(healthy.checks.contains { $0.name == "coordinator" && $0.verdict == .note })
        #expect(healthy.text.contains("This node can work."))
        try DurableFile.write(Data("no key".utf8), to: node.home.keyFiles.signingKey)
        let damaged = await NodeDoctor(home: node.home).examine()
        #expect(!damaged.healthy)
        #expect(damaged.checks.contains { $0.name == "keys" && $0.verdict == .fault })
        #expect(damaged.text.contains("FAULT"))
    }
}
