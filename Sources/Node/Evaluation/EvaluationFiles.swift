internal import ConsiliumCore
internal import Federation
internal import Foundation

/// The files of items that a clinic has on its disk. A job names one by its hash, or by its name where every clinic has its own;
/// nothing is ever downloaded.
struct EvaluationFiles: Sendable {
    let files: [URL]

    init(_ site: SiteConfiguration) { files = site.evaluation.files.map { URL(fileURLWithPath: $0) } }

    /// - Throws: ``NodeError`` `.badInput`, saying which file to get.
    func file(for task: EvaluationPlan.Task) throws -> URL {
        guard let hash = task.items else {
            guard let own = files.first(where: { $0.deletingPathExtension().lastPathComponent == task.name }) else {
                throw NodeError(
                    .badInput,
                    "The task “\(task.name)” is measured on a file of your own: make \(task.name).jsonl and list it under evaluation.files in node.yaml."
                )
            }
            return own
        }
        guard let file = files.first(where: { (try? ContentHash(ofFile: $0)) == hash }) else {
            throw NodeError(
                .badInput,
                "The task “\(task.name)” needs the file of items with SHA-256 \(hash.short)…. Get it from the consortium and list it under evaluation.files in node.yaml."
            )
        }
        return file
    }
}
