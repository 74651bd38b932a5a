internal import ConsiliumCore
internal import Foundation
internal import Tensors

/// Everything that a run needs to go on as if it had never stopped: one safetensors file, written atomically.
struct RunCheckpoint: Equatable {
    /// What the run was started with, under the name that a person knows it by; hashes stand for files and data.
    var settings: [String: String]
    var state: RunState
    var parameters: [Float]
    var optimizer: OptimizerState
    /// The parameters with the lowest validation loss, where they are kept.
    var best: [Float]?

    private struct Header: Codable {
        static let current = 1

        var version: Int
        var settings: [String: String]
        var state: RunState
        var stepsOfA: Int
        var stepsOfB: Int
    }

    private static let key = "consilium.training"

    func save(to url: URL) throws {
        let header = Header(
            version: Header.current, settings: settings, state: state, stepsOfA: optimizer.stepsOfA,
            stepsOfB: optimizer.stepsOfB)
        let vectors = [
            ("parameters", parameters), ("first_moment", optimizer.firstMoment),
            ("second_moment", optimizer.secondMoment), ("best", best ?? []),
        ]
        try SafetensorsWriter.write(
            vectors.filter { !$0.1.isEmpty }.map { NamedTensor(name: $0.0, shape: [$0.1.count], values: $0.1) },
            metadata: [Self.key: String(decoding: try CanonicalJSON.encode(header), as: UTF8.self)], to: url)
    }

    /// - Throws: ``FineTuningError`` `.checkpointMismatch` for a file that is no checkpoint of this kind.
    static func load(from url: URL) throws -> RunCheckpoint {
        do {
            let file = try SafetensorsFile(url: url)
            let header = try CanonicalJSON.decode(Header.self, from: Data((file.metadata[key] ?? "").utf8))
            guard header.version == Header.current else { throw unreadable(url) }
            func vector(_ name: String) throws -> [Float]? {
                file.tensorNames.contains(name) ? try file.floats(name) : nil
            }
            return RunCheckpoint(
                settings: header.settings, state: header.state, parameters: try vector("parameters") ?? [],
                optimizer: OptimizerState(
                    firstMoment: try vector("first_moment") ?? [], secondMoment: try vector("second_moment") ?? [],
                    stepsOfA: header.stepsOfA, stepsOfB: header.stepsOfB),
                best: try vector("best"))
        } catch let error as FineTuningError {
            throw error
        } catch {
            throw unreadable(url, cause: error)
        }
    }

    /// - Throws: ``FineTuningError`` `.checkpointMismatch`, naming what differs.
    func requireSettings(_ current: [String: String], folder: URL) throws {
        let names = Set(settings.keys).union(current.keys).filter { settings[$0] != current[$0] }.sorted()
        guard names.isEmpty else {
            throw FineTuningError(
                .checkpointMismatch,
                "The interrupted run in \(folder.path) was started with another \(names.joined(separator: ", another ")). Repeat it with what it was started with, or remove that folder to begin again."
            )
        }
    }

    private static func unreadable(_ url: URL, cause: (any Error)? = nil) -> FineTuningError {
        FineTuningError(
            .checkpointMismatch,
            "\(url.path) can't be read as a checkpoint of this program. Remove its folder to begin again.", cause: cause
        )
    }
}
