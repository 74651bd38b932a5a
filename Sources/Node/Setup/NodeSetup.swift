public import ConsiliumCore
public import Foundation
public import Identity
internal import Ledger
internal import Privacy
internal import Reports

/// Makes a clinic's folder. Keys, vault and ledger are born here and never leave.
public struct NodeSetup: Sendable {
    public struct Outcome: Codable, Sendable {
        public var folder: String
        public var clinic: ClinicID
        /// Of the signing key, in groups of four digits: compare it by phone before the admin lets the clinic in.
        public var keyFingerprint: String
        public var epsilonCap: Double
        public var delta: Double
    }

    private let random: any SecureRandom

    public init(random: any SecureRandom = SystemRandom()) { self.random = random }

    /// - Throws: ``NodeError`` `.alreadyInitialized` if the folder is a node's already: nothing is ever overwritten.
    public func initialize(_ home: NodeHome, siteConfiguration: URL) throws -> Outcome {
        guard !FileManager.default.fileExists(atPath: home.configurationFile.path) else {
            throw NodeError(
                .alreadyInitialized,
                "\(home.folder.path) is a node's folder already. Its settings are in node.yaml; keys, vault and ledger are kept."
            )
        }
        let site = try SiteConfiguration.load(from: siteConfiguration)
        try DurableFile.createFolder(home.folder)
        // An existing folder may be open to others; everything in this one concerns the clinic alone.
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: home.folder.path)
        let keys = try home.keyFiles.createKeys()
        try DurableFile.createFolder(home.egressFolder)
        if !FileManager.default.fileExists(atPath: home.siteKeyFile.path) {
            try DurableFile.write(Data(random.bytes(32).hexadecimal.utf8), to: home.siteKeyFile)
        }
        try NodeServices.createVault(home, random: random)
        if !FileManager.default.fileExists(atPath: home.ledgerFile.path) {
            try NodeServices.createLedger(home, site: site, key: keys.signing)
        }
        _ = try NodeStore(file: home.stateFile)
        // Written last: its presence says that everything else is there.
        try writeConfiguration(from: siteConfiguration, site: site, to: home)
        return Outcome(
            folder: home.folder.path, clinic: site.clinic.id,
            keyFingerprint: keys.signing.publicKey.fingerprint.grouped,
            epsilonCap: site.privacy.epsilonCap, delta: site.privacy.delta)
    }

    /// Copies the file with its comments, after the paths in it were made absolute: it has moved to another folder.
    private func writeConfiguration(from source: URL, site: SiteConfiguration, to home: NodeHome) throws {
        let original = String(decoding: try DurableFile.read(source, limit: 4 << 20), as: UTF8.self)
        var lines: [String] = []
        let folder = source.deletingLastPathComponent()
        for line in original.split(separator: "\n", omittingEmptySubsequences: false) {
            lines.append(SiteConfiguration.absolutePaths(inLine: String(line), relativeTo: folder, known: site))
        }
        let copy = lines.joined(separator: "\n")
        guard try SiteConfiguration.load(from: copy, named: source.path, in: home.folder) == site else {
            throw NodeError(
                .configurationInvalid,
                "The relative paths under reports.sources and model.folders can't be kept in the node's folder as they are written. "
                    + "Give one on a line, as “- path”, or absolute paths.")
        }
        try DurableFile.write(Data(copy.utf8), to: home.configurationFile)
    }
}
