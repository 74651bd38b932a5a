internal import CUDA
internal import ConsiliumCore
internal import Evaluation
internal import Foundation
internal import Identity
internal import LanguageModels
internal import Ledger
internal import Reports
internal import Tensors
internal import Transport

/// Looks at everything a node needs and says what is wrong and what to do, without changing anything.
public struct NodeDoctor: Sendable {
    public struct Check: Codable, Sendable {
        public enum Verdict: String, Codable, Sendable { case ok, note, fault }

        public var name: String
        public var verdict: Verdict
        public var finding: String
    }

    public struct Report: Codable, Sendable {
        public var checks: [Check]
        public var healthy: Bool

        public var text: String {
            let width = checks.map(\.name.count).max() ?? 0
            let lines = checks.map { check in
                let mark = check.verdict == .ok ? "ok   " : check.verdict == .note ? "note " : "FAULT"
                return
                    "\(mark)  \(check.name)\(String(repeating: " ", count: width - check.name.count))  \(check.finding)"
            }
            return
                (lines + [healthy ? "This node can work." : "This node can't work until the faults above are mended."])
                .joined(separator: "\n")
        }
    }

    private let home: NodeHome

    public init(home: NodeHome) { self.home = home }

    public func examine() async -> Report {
        var checks = machine()
        if FileManager.default.fileExists(atPath: home.configurationFile.path) {
            checks += await folder()
        } else {
            checks.append(
                Check(
                    name: "folder", verdict: .note,
                    finding: "\(home.folder.path) is no node folder; see “consilium-node init”"))
        }
        return Report(checks: checks, healthy: !checks.contains { $0.verdict == .fault })
    }

    private func machine() -> [Check] {
        let process = ProcessInfo.processInfo
        var checks = [
            Check(name: "system", verdict: .ok, finding: process.operatingSystemVersionString),
            Check(
                name: "processor", verdict: .ok,
                finding: "\(process.activeProcessorCount) cores, \(process.physicalMemory >> 30) GiB memory"),
            Check(name: "linear algebra", verdict: .ok, finding: ComputeThreads.libraryDescription),
        ]
        checks += DeviceReport.examine().lines.map {
            Check(name: $0.name, verdict: $0.isNote ? .note : .ok, finding: $0.finding)
        }
        checks += DocumentTool.all.map { tool in
            Check(
                name: tool.name, verdict: tool.path == nil ? .note : .ok,
                finding: tool.path ?? "not installed; to read \(tool.purpose), install the package \(tool.package)")
        }
        let existing = sequence(first: home.folder) { $0.deletingLastPathComponent() }
            .first { FileManager.default.fileExists(atPath: $0.path) || $0.path == "/" }
        if let attributes = try? FileManager.default.attributesOfFileSystem(forPath: existing?.path ?? "/"),
            let free = attributes[.systemFreeSize] as? Int
        {
            checks.append(
                Check(
                    name: "disk", verdict: free < 1 << 30 ? .fault : .ok,
                    finding: "\(free >> 20) MiB free" + (free < 1 << 30 ? "; free at least 1 GiB" : "")))
        }
        let year = Calendar(identifier: .gregorian).component(.year, from: Date())
        checks.append(
            Check(
                name: "clock", verdict: year < 2025 ? .fault : .ok,
                finding: Date().ISO8601Format()
                    + (year < 2025 ? "; set the clock, certificates and ledger rely on it" : "")))
        return checks
    }

    private func folder() async -> [Check] {
        var checks: [Check] = []
        func check(_ name: String, fault: Check.Verdict = .fault, _ body: () throws -> String) {
            do {
                checks.append(Check(name: name, verdict: .ok, finding: try body()))
            } catch {
                let message = (error as? any ConsiliumError)?.message ?? "\(type(of: error))"
                checks.append(Check(name: name, verdict: fault, finding: message))
            }
        }
        check("configuration") {
            let site = try home.configuration()
            return "clinic \(site.clinic.id) (\(site.clinic.name)), cap epsilon \(site.privacy.epsilonCap)"
        }
        guard let services = try? NodeServices(home: home) else { return checks }
        check("keys") { "fingerprint \(try home.keyFiles.loadKeys().signing.publicKey.fingerprint.grouped)" }
        check("vault") {
            let counts = try services.vault().counts()
            return "\(counts.total) reports of \(counts.patients) patients"
        }
        check("ledger") {
            let statement = try services.budget()
            return String(format: "verifies; epsilon %.3f spent, %.3f left", statement.charged, statement.left)
        }
        check("base models") {
            let folders = services.site.model.folders
            guard !folders.isEmpty else { return "none listed under model.folders" }
            return try folders.map { path in
                let hash = try BaseModelIdentity.hash(of: URL(fileURLWithPath: path))
                return "\(URL(fileURLWithPath: path).lastPathComponent) \(hash.short)…"
            }.joined(separator: ", ")
        }
        check("certificate", fault: .note) {
            let credentials = try services.credentials()
            let life = CertificateLife(credentials)
            if let warning = life.warning(at: Date()) {
                throw NodeError(.notEnrolled, "\(warning) This node takes the new one by itself.")
            }
            return
                "clinic \(services.site.clinic.id), valid until \(life.notValidAfter.ISO8601Format()) "
                + "(\(life.daysLeft(at: Date())) days)"
        }
        checks.append(await coordinator(services))
        return checks
    }

    private func coordinator(_ services: NodeServices) async -> Check {
        guard let client = try? services.client() else {
            return Check(name: "coordinator", verdict: .note, finding: "not enrolled yet")
        }
        do {
            try await client.checkHealth()
            try await client.shutdown()
            return Check(name: "coordinator", verdict: .ok, finding: "\(client.address) answers")
        } catch {
            try? await client.shutdown()
            let message = (error as? any ConsiliumError)?.message ?? "it does not answer"
            return Check(name: "coordinator", verdict: .note, finding: message)
        }
    }
}
