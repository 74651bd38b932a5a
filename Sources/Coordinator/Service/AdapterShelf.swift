import ConsiliumCore
import Federation
import Foundation
import HummingbirdCore
import Identity
import Tensors

/// Adapters under their hashes: what admins upload and what rounds produce.
struct AdapterShelf: Sendable {
    let folder: CoordinatorFolder
    let store: any CoordinatorStore
    let limit: Int

    /// Takes an upload. One that is here already is not read.
    func receive(_ body: RequestBody, hash: ContentHash) async throws {
        guard !folder.hasAdapter(hash) else { return }
        try await FileReceiver.receive(body, to: folder.adapter(hash), hash: hash, byteCount: nil, limit: limit) {
            file in
            _ = try Self.read(file)
        }
    }

    /// Whether the adapter that a job starts from is here and fits the manifest.
    /// - Throws: ``FederationError`` `.adapterMismatch`.
    func requireInitial(of manifest: JobManifest) throws {
        let wanted = manifest.initialAdapter
        guard folder.hasAdapter(wanted.hash) else {
            throw FederationError(
                .adapterMismatch,
                "The initial adapter \(wanted.hash.short)… is not here. Upload it before the job is proposed.")
        }
        try manifest.requireInitial(Self.read(folder.adapter(wanted.hash)))
    }

    /// The file, for a peer that may have it: an admin any, a clinic those of its jobs.
    /// - Throws: ``FederationError`` `.notFound`, also for an adapter of other clinics' jobs.
    func file(_ hash: ContentHash, for peer: PeerIdentity) async throws -> URL {
        guard folder.hasAdapter(hash), try await mayHave(hash, peer.role.clinic) else {
            throw FederationError(.notFound, "There is no adapter \(hash.short)… for this party.")
        }
        return folder.adapter(hash)
    }

    private func mayHave(_ hash: ContentHash, _ clinic: ClinicID?) async throws -> Bool {
        guard let clinic else { return true }
        for job in try await store.jobs(withResult: hash) {
            if try await store.job(job)?.manifest.clinics.contains(clinic) == true { return true }
        }
        return try await store.jobs().contains {
            $0.manifest.initialAdapter.hash == hash && $0.manifest.clinics.contains(clinic)
        }
    }

    private static func read(_ file: URL) throws -> AdapterFile {
        do {
            return try AdapterFile(contentsOf: file)
        } catch is TensorsError {
            // Its message names a path of this machine, which is no use to the sender.
            throw FederationError(
                .adapterMismatch, "This is not a sound safetensors file of float tensors. Export the adapter again.")
        }
    }
}
