import ConsiliumCore
import ConsiliumTesting
import Foundation
import Identity
import Testing

@testable import Node

@Suite("Site configurations")
struct SiteConfigurationTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func load(_ yaml: String) throws -> SiteConfiguration {
        try SiteConfiguration.load(from: folder.write("site.yaml", yaml))
    }

    private func refusal(_ yaml: String) throws -> NodeError {
        try #require(throws: NodeError.self) { try load(yaml) }
    }

    @Test(
        "every example that we ship loads, names its file's clinic and finds the demo model",
        arguments: ["northshore-cardiology", "summit-orthopedics", "meridian-pathology", "willow-family-medicine"])
    func examples(name: String) throws {
        let file = SharedData.packageRoot.appendingPathComponent("site-config/\(name).yaml")
        let site = try SiteConfiguration.load(from: file)
        #expect(site.clinic.id.text == name)
        #expect(site.clinic.name != name)
        #expect(site.model.folders == [NodeFixture.demoBase.path])
        #expect(site.reports.sources.allSatisfy { $0.hasPrefix("/") && $0.hasSuffix(name) })
        #expect(!site.privacy.allowJobsWithoutGuarantee)
        #expect(site.deidentification.policy == "safe-harbor")
    }

    @Test("only the clinic's id must be written; the rest is as documented")
    func defaults() throws {
        let site = try load("clinic:\n  id: lakeside\n")
        #expect(site == SiteConfiguration(clinic: .init(id: try .init("lakeside"))))
        #expect(site.clinic.name == "lakeside")
        #expect(site.privacy.epsilonCap == 8)
        #expect(site.privacy.delta == 1e-5)
        #expect(site.reports.patientKeyFallback == "quarantine")
        #expect(site.compute.threads == 1)
        #expect(site.coordinator.url == nil)
    }

    @Test("a section with everything commented out means its defaults")
    func emptySections() throws {
        let site = try load("clinic:\n  id: lakeside\ncoordinator:\n  # url: x\nprivacy:\nmodel:\n")
        #expect(try site == load("clinic:\n  id: lakeside\n"))
    }

    @Test(
        "a misspelt key is refused, with its line and the nearest known one",
        arguments: [
            ("clinic:\n  id: lakeside\nprivcy:\n  delta: 1e-5\n", "privcy", "privacy"),
            ("clinic:\n  id: lakeside\n  nam: Lake\n", "clinic.nam", "clinic.name"),
            ("clinic:\n  id: lakeside\ncoordinator:\n  ulr: https://x\n", "coordinator.ulr", "coordinator.url"),
            (
                "clinic:\n  id: lakeside\nreports:\n  textEncodin: utf-8\n", "reports.textEncodin",
                "reports.textEncoding"
            ),
            (
                "clinic:\n  id: lakeside\ndeidentification:\n  polciy: safe-harbor\n", "deidentification.polciy",
                "deidentification.policy"
            ),
            ("clinic:\n  id: lakeside\nprivacy:\n  EpsilonCap: 8\n", "privacy.EpsilonCap", "privacy.epsilonCap"),
            ("clinic:\n  id: lakeside\nmodel:\n  folder: []\n", "model.folder", "model.folders"),
            ("clinic:\n  id: lakeside\ncompute:\n  thread: 1\n", "compute.thread", "compute.threads"),
            (
                "clinic:\n  id: lakeside\negress:\n  heldoutmetrics: true\n", "egress.heldoutmetrics",
                "egress.heldOutMetrics"
            ),
        ])
    func unknownKeys(yaml: String, key: String, nearest: String) throws {
        let error = try refusal(yaml)
        #expect(error.code == .configurationInvalid)
        #expect(error.message.contains("“\(key)” is unknown."))
        #expect(error.message.contains("Did you mean “\(nearest)”?"))
        #expect(error.message.contains("line "))
    }

    @Test("a key that resembles none gets the list of known ones")
    func strangeKey() throws {
        let error = try refusal("clinic:\n  id: lakeside\nxylophone: 1\n")
        for known in ["clinic", "coordinator", "deidentification", "egress", "privacy", "reports"] {
            #expect(error.message.contains(known))
        }
    }

    @Test(
        "what is no site configuration is refused with a sentence that names the place",
        arguments: [
            ("", "empty"), ("# nothing\n", "empty"), ("clinic:\n", "clinic.id"),
            ("clinic:\n  name: Lake\n", "clinic.id"),
            ("privacy:\n  delta: 1e-5\n", "clinic.id"), ("- clinic\n", "mapping"), ("clinic: lakeside\n", "clinic"),
            ("clinic:\n\tid: lakeside\n", "line 2"), ("clinic:\n  id: [lakeside\n", "line "),
            ("clinic:\n  id: lakeside\nclinic:\n  id: summit\n", "clinic"),
            ("clinic:\n  id: Lake Side\n", "id"),
            ("clinic:\n  id: lakeside\nprivacy:\n  epsilonCap: much\n", "epsilonCap"),
            ("clinic:\n  id: lakeside\ncompute:\n  threads: 1.5\n", "threads"),
            ("clinic:\n  id: lakeside\ncompute:\n  threads: [1]\n", "threads"),
            ("clinic:\n  id: lakeside\negress:\n  heldOutMetrics: perhaps\n", "heldOutMetrics"),
            ("clinic:\n  id: lakeside\nmodel:\n  folders: one\n", "folders"),
            ("clinic:\n  id: lakeside\nreports:\n  columns: [text]\n", "columns"),
            ("clinic:\n  id: lakeside\nreports:\n  textEncoding:\n    name: utf-8\n", "reports.textEncoding"),
        ])
    func malformed(yaml: String, place: String) throws {
        let error = try refusal(yaml)
        #expect(error.code == .configurationInvalid)
        #expect(error.category == .badData)
        #expect(error.message.contains(place))
        #expect(error.message.contains("site.yaml"))
    }

    @Test("bytes that are no text are refused")
    func garbage() throws {
        let file = try folder.write("site.yaml", Data([0xff, 0xfe, 0x00, 0x80, 0x81]))
        #expect(throws: NodeError.code(.configurationInvalid)) { try SiteConfiguration.load(from: file) }
        let missing = folder.path("absent.yaml")
        #expect(throws: CoreError(.fileUnreadable, "")) { try SiteConfiguration.load(from: missing) }
    }

    @Test(
        "a value that makes no sense is refused with the key's name",
        arguments: [
            ("reports:\n  textEncoding: ebcdic", "reports.textEncoding"),
            ("reports:\n  patientKeyFallback: guess", "reports.patientKeyFallback"),
            ("privacy:\n  epsilonCap: 0", "privacy.epsilonCap"), ("privacy:\n  epsilonCap: -1", "privacy.epsilonCap"),
            ("privacy:\n  epsilonCap: .inf", "privacy.epsilonCap"), ("privacy:\n  delta: .nan", "privacy.delta"),
            ("compute:\n  threads: 99999999999999999999", "compute.threads"),
            ("privacy:\n  delta: 0.1", "privacy.delta"),
            ("privacy:\n  auditCanaries: 199", "privacy.auditCanaries"),
            ("privacy:\n  auditCanaries: -1", "privacy.auditCanaries"),
            ("privacy:\n  delta: 0", "privacy.delta"), ("compute:\n  threads: 0", "compute.threads"),
            ("compute:\n  threads: 257", "compute.threads"),
            ("coordinator:\n  url: http://consilium.example.org", "coordinator.url"),
        ])
    func badValues(section: String, key: String) throws {
        let error = try refusal("clinic:\n  id: lakeside\n\(section)\n")
        #expect(error.code == .configurationInvalid)
        #expect(error.message.contains(key))
    }

    @Test("all bad values are told at once")
    func allProblems() throws {
        let error = try refusal("clinic:\n  id: lakeside\nprivacy:\n  delta: 1\ncompute:\n  threads: 0\n")
        #expect(error.message.contains("privacy.delta"))
        #expect(error.message.contains("compute.threads"))
    }

    @Test("relative paths are those of the file's own folder")
    func paths() throws {
        let site = try SiteConfiguration.load(
            from: folder.write(
                "deep/site.yaml",
                "clinic:\n  id: lakeside\nreports:\n  sources: [in, ../other, /absolute, ~/mine]\nmodel:\n  folders: [./m]\n"
            ))
        #expect(
            site.reports.sources == [
                folder.path("deep/in").path, folder.path("other").path, "/absolute", NSHomeDirectory() + "/mine",
            ])
        #expect(site.model.folders == [folder.path("deep/m").path])
    }
}
