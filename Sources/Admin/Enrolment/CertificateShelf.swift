internal import ConsiliumCore
public import Foundation
public import Identity

/// The certificates that were issued here after an enrolment: one file a party, the newest only. Nothing in them is secret.
public struct CertificateShelf: Sendable {
    public let folder: URL

    public init(folder: URL) { self.folder = folder }

    public func save(_ grant: EnrolmentGrant) throws {
        try DurableFile.createFolder(folder)
        try DurableFile.write(
            CanonicalJSON.encodePretty(grant) + Data("\n".utf8), to: file(grant.tlsCertificate.role), permissions: 0o644
        )
    }

    public func certificates(of role: PeerRole) throws -> EnrolmentGrant? {
        let file = file(role)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        return try CanonicalJSON.decode(EnrolmentGrant.self, from: DurableFile.read(file, limit: 1 << 20))
    }

    public func all() throws -> [EnrolmentGrant] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return try names.sorted().filter { $0.hasSuffix(".json") }.map { name in
            try CanonicalJSON.decode(
                EnrolmentGrant.self, from: DurableFile.read(folder.appendingPathComponent(name), limit: 1 << 20))
        }
    }

    private func file(_ role: PeerRole) -> URL {
        let name =
            switch role {
            case .clinic(let id): "clinic-\(id)"
            case .coordinator: "coordinator"
            case .admin(let name): "admin-\(name)"
            }
        return folder.appendingPathComponent("\(name).json")
    }
}
