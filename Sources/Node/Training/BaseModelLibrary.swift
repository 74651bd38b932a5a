internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import LanguageModels

/// The base models that a clinic has on its disk. A job names one by hash; nothing is ever downloaded.
struct BaseModelLibrary: Sendable {
    let folders: [URL]

    /// - Throws: ``NodeError`` `.baseModelMissing` or `.baseModelMismatch`, naming what was looked at.
    func folder(for model: JobManifest.BaseModel) throws -> URL {
        guard !folders.isEmpty else {
            throw NodeError(
                .baseModelMissing,
                "The job needs the base model “\(model.name)”. Get it from its publisher and list its folder under model.folders in node.yaml."
            )
        }
        var seen: [String] = []
        for folder in folders {
            guard let hash = try? BaseModelIdentity.hash(of: folder) else {
                seen.append("\(folder.path): no readable model")
                continue
            }
            if hash == model.hash { return folder }
            seen.append("\(folder.path): \(hash.short)…")
        }
        throw NodeError(
            .baseModelMismatch,
            "No folder under model.folders holds the job's base model “\(model.name)” (SHA-256 \(model.hash.short)…). Found "
                + seen.joined(separator: "; ") + ". Nothing was trained.")
    }
}
