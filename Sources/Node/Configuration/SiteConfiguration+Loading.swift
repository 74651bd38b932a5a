internal import ConsiliumCore
public import Foundation
internal import Identity
internal import Transport

extension SiteConfiguration {
    /// Reads a site configuration; relative paths in it are relative to its own folder.
    /// - Throws: ``NodeError`` `.configurationInvalid` with every problem in one message.
    public static func load(from url: URL) throws -> SiteConfiguration {
        var configuration: SiteConfiguration
        do {
            // Only a template whose properties name the known keys; `clinic.id` must be written in the file.
            let template = SiteConfiguration(clinic: Clinic(id: try ClinicID("unnamed")))
            configuration = try StrictYAML.decode(contentsOf: url, over: template, required: ["clinic.id"])
        } catch let error as any ConsiliumError where error.category == .badData {
            throw NodeError(.configurationInvalid, "The site configuration can't be used: \(error.message)", cause: nil)
        }
        let folder = url.deletingLastPathComponent()
        configuration.reports.sources = configuration.reports.sources.map { absolute($0, in: folder) }
        configuration.model.folders = configuration.model.folders.map { absolute($0, in: folder) }
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
        need(["utf-8", "latin-1"].contains(reports.textEncoding), "reports.textEncoding must be utf-8 or latin-1.")
        need(
            ["quarantine", "report"].contains(reports.patientKeyFallback),
            "reports.patientKeyFallback must be quarantine or report.")
        need(privacy.epsilonCap.isFinite && privacy.epsilonCap > 0, "privacy.epsilonCap must be positive.")
        need(privacy.delta > 0 && privacy.delta <= 1e-3, "privacy.delta must be above 0 and at most 0.001.")
        need((1...256).contains(compute.threads), "compute.threads must be 1 to 256.")
        need(!clinic.name.isEmpty && clinic.name.count <= 200, "clinic.name must have 1 to 200 characters.")
        if let url = coordinator.url { need(url.hasPrefix("https://"), "coordinator.url must begin with https://.") }
        guard problems.isEmpty else {
            throw NodeError(
                .configurationInvalid, "The site configuration can't be used: " + problems.joined(separator: " "))
        }
    }
}

extension SiteConfiguration {
    /// Rewrites a list item (`- path`) that names one of the known folders, so that a copy of the file means the same folders.
    static func absolutePaths(inLine line: String, relativeTo folder: URL, known site: SiteConfiguration) -> String {
        guard let dash = line.firstIndex(of: "-"), line[..<dash].allSatisfy({ $0 == " " }) else { return line }
        var item = line[line.index(after: dash)...].trimmingCharacters(in: .whitespaces)
        if let comment = item.range(of: " #") {
            item = item[..<comment.lowerBound].trimmingCharacters(in: .whitespaces)
        }
        item = item.trimmingCharacters(in: CharacterSet(charactersIn: "\"'"))
        let path = absolute(item, in: folder)
        guard !item.isEmpty, (site.reports.sources + site.model.folders).contains(path) else { return line }
        return line[...dash] + " \"\(path)\""
    }
}
