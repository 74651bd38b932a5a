import Federation
import Foundation
import ServiceLifecycle

/// Whether requests can be served now: the store answers, and the disk has room for what clinics send.
struct Readiness: Sendable {
    let store: any CoordinatorStore
    let folder: CoordinatorFolder

    /// Below this many bytes the next update may not fit.
    static let leastSpace = 64 << 20

    /// - Throws: ``FederationError`` `.overloaded` while it is not ready, also when it is being stopped.
    func check() async throws {
        guard !Task.isShuttingDownGracefully else {
            throw FederationError(.overloaded, "The coordinator is being stopped. Try again after its restart.")
        }
        do {
            _ = try await store.activeJobs()
        } catch {
            throw FederationError(.overloaded, "The coordinator's database does not answer. Look at its log.")
        }
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder.url.path)
        if let free = attributes?[.systemFreeSize] as? Int, free < Self.leastSpace {
            throw FederationError(
                .overloaded, "The coordinator's disk has less than \(Self.leastSpace >> 20) MiB left. Free some space.")
        }
    }
}
