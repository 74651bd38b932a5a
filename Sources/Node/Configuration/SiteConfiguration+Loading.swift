internal import ConsiliumCore
internal import Federation
public import Foundation
internal import Identity
internal import Privacy
internal import Transport

extension SiteConfiguration {
    /// Reads a site configuration; relative paths in it are relative to its own folder.
    /// - Throws: ``NodeError`` `.configurationInvalid` with every problem in one message.
    public static func load(from url: URL) throws -> SiteConfiguration {
        let data = try DurableFile.read(url, limit: 1 << 20)
        guard let text = String(data: data, encoding: .utf8) else {
            throw NodeError(
                .configurationInvalid, "The site configuration can't be used: \(url.path) is not UTF-8 text.")
        }
        return try load(from: text, named: url.path, in: url.deletingLastPathComponent())
    }

    static func load(from text: String, named source: String, in folder: URL) throws -> SiteConfiguration {
        var configuration: SiteConfiguration
        do {
            // Only a template whose properties name the known keys; `clinic.id` must be written in the file.
            let template = SiteConfiguration(clinic: Clinic(id: try ClinicID("unnamed")))
            configuration = try StrictYAML.decode(
                text, over: template, required: ["clinic.id"], source: source)
        } catch let error as any ConsiliumError where error.category == .badData {
            throw NodeError(.configurationInvalid, "The site configuration can't be used: \(error.message)", cause: nil)
        }
        configuration.reports.sources = configuration.reports.sources.map { absolute($0, in: folder) }
        configuration.deidentification.classifier = configuration.deidentification.classifier.map {
            absolute($0, in: folder)
        }
        configuration.model.folders = configuration.model.folders.map { absolute($0, in: folder) }
        configuration.evaluation.files = configuration.evaluation.files.map { absolute($0, in: folder) }
        configuration.terminology.snomed = configuration.terminology.snomed.map { absolute($0, in: folder) }
        configuration.terminology.rxnorm = configuration.terminology.rxnorm.map { absolute($0, in: folder) }
        configuration.coordinator.proxyPasswordFile = configuration.coordinator.proxyPasswordFile.map {
            absolute($0, in: folder)
        }
        if configuration.clinic.name == "unnamed" { configuration.clinic.name = configuration.clinic.id.text }
        try configuration.validate()
        return configuration
    }

    private static func absolute(_ path: String, in folder: URL) -> String {
        if path.hasPrefix("/") { return path }
        if path.hasPrefix("~/") { return NSHomeDirectory() + path.dropFirst(1) }
        return folder.appendingPathComponent(path).standardizedFileURL.path
    }

    func validate() throws {
        var problems: [String] = []
        func need(_ condition: Bool, _ sentence: String) {
            if !condition { problems.append(sentence) }
        }
        need(
            reports.textEncoding == "auto" || Self.textEncodings[reports.textEncoding] != nil,
            "reports.textEncoding must be auto or one of: \(Self.textEncodings.keys.sorted().joined(separator: ", ")).")
        need(
            ["quarantine", "report"].contains(reports.patientKeyFallback),
            "reports.patientKeyFallback must be quarantine or report.")
        need(
            (0...1).contains(deidentification.classifierThreshold),
            "deidentification.classifierThreshold must be 0 to 1.")
        need(privacy.epsilonCap.isFinite && privacy.epsilonCap > 0, "privacy.epsilonCap must be positive.")
        need(
            privacy.clinicEpsilonCap.isFinite && privacy.clinicEpsilonCap > 0,
            "privacy.clinicEpsilonCap must be positive.")
        need(privacy.delta > 0 && privacy.delta <= 1e-3, "privacy.delta must be above 0 and at most 0.001.")
        need(
            privacy.auditCanaries == 0
                || (OneRunAudit.fewestCanaries...OneRunAudit.mostCanaries).contains(privacy.auditCanaries),
            "privacy.auditCanaries must be 0, or \(OneRunAudit.fewestCanaries) to \(OneRunAudit.mostCanaries).")
        need(ThreadCount.allowed.contains(compute.threads), "compute.threads must be 1 to 256.")
        need(ComputeDevice(rawValue: compute.device) != nil, "compute.device must be auto, cpu or cuda.")
        let kinds = EvaluationPlan.Kind.allCases.map(\.rawValue)
        need(
            evaluation.tasks.allSatisfy(kinds.contains),
            "evaluation.tasks must be of: \(kinds.joined(separator: ", ")).")
        need(!clinic.name.isEmpty && clinic.name.count <= 200, "clinic.name must have 1 to 200 characters.")
        if let url = coordinator.url { need(url.hasPrefix("https://"), "coordinator.url must begin with https://.") }
        problems += exampleProblems()
        guard problems.isEmpty else {
            throw NodeError(
                .configurationInvalid, "The site configuration can't be used: " + problems.joined(separator: " "))
        }
    }
}

extension SiteConfiguration {
    /// Rewrites a line that lists some of the known folders, as `- path` or as `key: [path, path]`, so that a copy of the file
    /// in another place means the same folders.
    static func absolutePaths(inLine line: String, relativeTo folder: URL, known site: SiteConfiguration) -> String {
        func quoted(_ item: String) -> String? {
            let path = absolute(item, in: folder)
            let files = [site.terminology.snomed, site.terminology.rxnorm, site.coordinator.proxyPasswordFile]
                .compactMap { $0 }
            let lists = site.reports.sources + site.model.folders + site.evaluation.files
            return item.isEmpty || !(lists + files).contains(path)
                ? nil : "\"\(path)\""
        }
        func plain(_ item: some StringProtocol) -> String {
            item.trimmingCharacters(in: .whitespaces).trimmingCharacters(in: CharacterSet(charactersIn: "\"'"))
        }
        let content = line.drop { $0 == " " }
        if content.hasPrefix("-") {
            let item = content.dropFirst()
            guard let path = quoted(plain(item.range(of: " #").map { item[..<$0.lowerBound] } ?? item)) else {
                return line
            }
            return line.prefix(line.count - item.count) + " " + path
        }
        for key in ["snomed:", "rxnorm:", "proxyPasswordFile:"] where content.hasPrefix(key) {
            let item = content.dropFirst(key.count)
            guard let path = quoted(plain(item.range(of: " #").map { item[..<$0.lowerBound] } ?? item)) else {
                return line
            }
            return line.prefix(line.count - item.count) + " " + path
        }
        guard ["sources:", "folders:", "files:"].contains(where: content.hasPrefix),
            let open = line.firstIndex(of: "["),
            let close = line.lastIndex(of: "]"), open < close
        else { return line }
        let items = line[line.index(after: open)..<close].split(separator: ",")
        let paths = items.map { quoted(plain($0)) ?? String($0) }
        return line[...open] + paths.joined(separator: ", ") + line[close...]
    }
}
