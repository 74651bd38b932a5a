import ConsiliumTesting
import Deidentification
import Foundation
import Testing

@testable import Node

@Suite("De-identification policies in files")
struct PolicyFileTests {
    @Test("the files that we ship are the built-in policies", arguments: ["safe-harbor", "limited-data-set", "gdpr"])
    func shipped(name: String) throws {
        let file = SharedData.packageRoot.appendingPathComponent("site-config/policies/\(name).yaml")
        let policy = try DeidentificationPolicy.named(file.path)
        #expect(policy.name == name)
        #expect(try policy == DeidentificationPolicy.named(name))
        #expect(DeidentificationPolicy.builtIn[name] == policy)
    }

    @Test("there is a file for every built-in policy, and no other")
    func complete() throws {
        let folder = SharedData.packageRoot.appendingPathComponent("site-config/policies")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.sorted() == DeidentificationPolicy.builtIn.keys.map { "\($0).yaml" }.sorted())
    }

    @Test("a policy of one's own differs only where it says so")
    func ownPolicy() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("own.yaml", "name: lakeside\nversion: 3\ndates: tag\nmaximumBytes: 2000\n")
        let policy = try DeidentificationPolicy.named(file.path)
        var expected = DeidentificationPolicy.safeHarbor
        expected.name = "lakeside"
        expected.version = 3
        expected.dates = .tag
        expected.maximumBytes = 2000
        #expect(policy == expected)
    }

    @Test(
        "a policy that can't be read is refused by what is wrong in it",
        arguments: [
            ("name: x\n", "version"), ("version: 1\n", "name"), ("name: x\nversion: 1\ndate: tag\n", "dates"),
            ("name: x\nversion: 1\ndates: sometimes\n", "dates"), ("name: x\nversion: one\n", "version"),
            ("name: x\nversion: 1\nlanguages: [fr]\n", "languages"),
            ("name: x\nversion: 1\nlanguages: []\n", "languages"), ("name: x\nversion: 0\n", "version"),
            ("name: gdpr\nversion: 1\n", "built-in"),
        ])
    func malformed(yaml: String, word: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("own.yaml", yaml)
        let error = try #require(throws: NodeError.self) { try DeidentificationPolicy.named(file.path) }
        #expect(error.code == .configurationInvalid)
        #expect(error.message.contains(word))
    }

    @Test("an unknown name is refused with the known ones")
    func unknown() throws {
        let error = try #require(throws: NodeError.self) { try DeidentificationPolicy.named("strict") }
        #expect(error.code == .configurationInvalid)
        #expect(error.message.contains("limited-data-set, safe-harbor"))
    }
}
