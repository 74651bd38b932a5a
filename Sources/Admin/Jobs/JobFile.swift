internal import ConsiliumCore
public import Federation
public import Foundation
public import Identity

/// What a person may hand to `job validate`, `sign` and `propose`.
public enum JobFile: Sendable {
    /// YAML, unsigned.
    case draft(JobDraft)
    /// JSON as `job sign` writes it. Not verified yet: ``JobSigner/open(_:at:)``.
    case signed(SignedDocument<JobManifest>)

    /// - Throws: ``AdminError`` `.fileMissing`; for drafts as ``JobDraft/init(file:)``; for JSON that is no signed job
    ///   ``AdminError`` `.invalidDraft`.
    public init(file: URL) throws {
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw AdminError(
                .fileMissing, "There is no file \(file.path). Name a job draft, such as coordinator/jobs/demo.yaml.")
        }
        let start = try DurableFile.read(file, limit: 16 << 20).first { !Set(" \t\r\n".utf8).contains($0) }
        guard start == UInt8(ascii: "{") else {
            self = .draft(try JobDraft(file: file))
            return
        }
        do {
            self = .signed(try SignedDocument<JobManifest>(file: file))
        } catch {
            throw AdminError(
                .invalidDraft,
                "\(file.path) looks like JSON, but is no job that “consilium-admin job sign” wrote. Drafts are YAML.",
                cause: error)
        }
    }
}
