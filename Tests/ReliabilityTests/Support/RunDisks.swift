import ConsiliumTesting
import Foundation

/// File systems of a few megabytes, one for each party of a run.
struct RunDisks: Sendable {
    private let disks: [SmallDisk]

    /// - Parameter folders: the coordinator's, then those of the clinics.
    init(_ folders: [URL], kilobytes: Int = 6000) throws {
        disks = try folders.map { try SmallDisk(at: $0, kilobytes: kilobytes) }
    }

    /// - Parameter clinic: `nil` for the coordinator.
    func fill(_ clinic: Int?) throws { try disks[clinic.map { $0 + 1 } ?? 0].fill(leaving: 0) }
    func free(_ clinic: Int?) throws { try disks[clinic.map { $0 + 1 } ?? 0].free() }
    func unmount() { for disk in disks { disk.unmount() } }
}
