internal import ConsiliumCore
public import Foundation
public import Identity
internal import Transport

/// From an invitation to a clinic that takes part: folder, settings, reports, enrolment. Each step is left out if it was done.
public struct Joining: Sendable {
    /// What a person may say; everything else has the defaults of a site configuration.
    public struct Settings: Sendable {
        /// What people call the clinic.
        public var name: String?
        /// Folders with base models in Hugging Face form.
        public var models: [URL] = []
        /// Files and folders with reports.
        public var reports: [URL] = []
        /// A site configuration instead of all this.
        public var siteConfiguration: URL?

        public init() {}
    }

    private let home: NodeHome
    private let invitation: Invitation

    public init(home: NodeHome, invitation: Invitation) {
        self.home = home
        self.invitation = invitation
    }

    /// Makes the clinic's folder, or checks that the one that is there is this clinic's.
    ///
    /// - Returns: the fingerprint of the signing key, which the admin compares by telephone.
    /// - Throws: ``NodeError``; ``IdentityError`` `.wrongClinic` for an invitation of another clinic.
    public func prepare(_ settings: Settings) throws -> String {
        if !FileManager.default.fileExists(atPath: home.configurationFile.path) {
            try initialize(settings)
        }
        let site = try home.configuration()
        guard site.clinic.id == invitation.token.clinic else {
            throw IdentityError(
                .wrongClinic,
                "This invitation is for the clinic “\(invitation.token.clinic)”; the folder is that of “\(site.clinic.id)”. Ask the "
                    + "admin for your own, or name another folder with --home.")
        }
        return try home.keyFiles.loadKeys().signing.publicKey.fingerprint.grouped
    }

    private func initialize(_ settings: Settings) throws {
        if let file = settings.siteConfiguration {
            _ = try NodeSetup().initialize(home, siteConfiguration: file)
            return
        }
        var lines = [
            "# Written by “consilium-node join”; site-config/ in the source tree explains every key.", "clinic:",
        ]
        lines.append("  id: \(invitation.token.clinic)")
        if let name = settings.name { lines.append("  name: \(Self.quoted(name))") }
        lines += Self.list("reports", "sources", settings.reports)
        lines += Self.list("model", "folders", settings.models)
        let parent = home.folder.deletingLastPathComponent()
        try DurableFile.createFolder(parent)
        let draft = parent.appendingPathComponent(".\(home.folder.lastPathComponent)-site.yaml")
        try DurableFile.write(Data((lines.joined(separator: "\n") + "\n").utf8), to: draft)
        defer { try? FileManager.default.removeItem(at: draft) }
        _ = try NodeSetup().initialize(home, siteConfiguration: draft)
    }

    private static func list(_ group: String, _ key: String, _ paths: [URL]) -> [String] {
        paths.isEmpty ? [] : ["\(group):", "  \(key):"] + paths.map { "    - \(quoted($0.standardizedFileURL.path))" }
    }

    /// YAML's double-quoted form is JSON's.
    private static func quoted(_ text: String) -> String {
        String(decoding: (try? CanonicalJSON.encode(text)) ?? Data("\"\"".utf8), as: UTF8.self)
    }
}
