internal import ConsiliumCore
internal import Federation
public import Foundation
internal import Identity

/// Where a coordinator keeps what it must remember.
///
/// | entry | holds |
/// |---|---|
/// | `tls-key.pem`, `signing-key.pem` | its private keys, born here |
/// | `request.json`, `grant.json` | what it asked of the admin, and the admin's answer |
/// | `pairing` | the pairing code, until the admin has used it |
/// | `coordinator.sqlite` | jobs, rounds, roster, enrolments |
/// | `adapters/<hash>.safetensors` | every adapter that was proposed or averaged |
/// | `server-state/<job>/<round>.safetensors` | the server optimizer's moments after the last rounds of a running job |
/// | `updates/<job>/<round>/<clinic>/` | chunks of updates of open rounds |
/// | `lock` | held by the process that serves the folder; nobody reads it |
/// | `port` | the port it listens on, while it runs |
public struct CoordinatorFolder: Sendable {
    public let url: URL

    public init(_ url: URL) { self.url = url }

    public var request: URL { url.appendingPathComponent("request.json") }
    public var grant: URL { url.appendingPathComponent("grant.json") }
    public var configuration: URL { url.appendingPathComponent("coordinator.yaml") }
    public var database: URL { url.appendingPathComponent("coordinator.sqlite") }
    public var port: URL { url.appendingPathComponent("port") }

    var pairing: URL { url.appendingPathComponent("pairing") }
    var lock: URL { url.appendingPathComponent("lock") }
    var adapters: URL { url.appendingPathComponent("adapters") }
    var updates: URL { url.appendingPathComponent("updates") }

    func adapter(_ hash: ContentHash) -> URL { adapters.appendingPathComponent("\(hash).safetensors") }

    func serverStates(_ job: JobID) -> URL {
        url.appendingPathComponent("server-state").appendingPathComponent(job.rawValue)
    }

    func serverState(_ job: JobID, after round: Int) -> URL {
        serverStates(job).appendingPathComponent("\(round).safetensors")
    }

    func round(_ job: JobID, _ round: Int) -> URL {
        updates.appendingPathComponent(job.rawValue).appendingPathComponent(String(round))
    }

    func update(_ key: UpdateKey) -> URL { round(key.job, key.round).appendingPathComponent(key.clinic.text) }
    func chunk(_ index: Int, of key: UpdateKey) -> URL { update(key).appendingPathComponent("\(index).chunk") }

    func hasAdapter(_ hash: ContentHash) -> Bool { FileManager.default.fileExists(atPath: adapter(hash).path) }

    /// A name in `folder` that nobody else uses, for a file that is being written.
    static func temporary(in folder: URL) -> URL { folder.appendingPathComponent(".\(UUID().uuidString).part") }

    /// Throws away what a crash left half-written. Nothing that was acknowledged is among it.
    func removeLeftovers() {
        let files = FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            if file.lastPathComponent.hasPrefix("."), file.pathExtension == "part" {
                try? FileManager.default.removeItem(at: file)
            }
        }
    }
}
