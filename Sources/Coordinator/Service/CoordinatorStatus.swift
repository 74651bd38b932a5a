internal import ConsiliumCore
public import Federation
internal import Foundation
internal import Identity

/// The overview for the operator, read from the folder: also while a server runs on it.
public enum CoordinatorStatus {
    /// - Throws: ``CoordinatorError`` `.notGranted` if the coordinator has never been started.
    public static func overview(of configuration: CoordinatorConfiguration) async throws -> Overview {
        let folder = configuration.folders
        guard FileManager.default.fileExists(atPath: folder.database.path) else {
            throw CoordinatorError(
                .notGranted,
                "\(folder.url.path) has no database yet: this coordinator has never been started. Run “serve” first.")
        }
        let store = try SQLiteStore(file: folder.database, readOnly: true)
        guard let document = try await store.roster() else {
            throw CoordinatorError(
                .notGranted, "The coordinator has no roster yet. Run “serve” with the admin's grant.json first.")
        }
        let life = CertificateLife(try CoordinatorSetup.readGrant(in: folder).certificates)
        return try await OverviewBuilder(store: store, own: { life }, now: { Date() }).overview(
            of: CanonicalJSON.decode(Roster.self, from: document.payload))
    }
}
