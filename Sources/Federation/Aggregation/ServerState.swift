public import ConsiliumCore
public import Foundation
internal import Tensors

/// What the server optimizer remembers between rounds, and after which round.
///
/// It is a function of the job and its updates alone: a coordinator that repeats a round from the state before gets the same bits.
public struct ServerState: Sendable, Equatable {
    public let job: JobID
    /// The round that it is the state after.
    public let round: Int
    /// The adapter that came out of that round.
    public let adapter: ContentHash
    /// In the order of the whole adapter's layout; what a round does not train keeps its state.
    public var moments: Moments

    public struct Moments: Sendable, Equatable {
        public var first: [Float]
        /// Empty but for FedAdam.
        public var second: [Float]

        /// Before the first round.
        init(_ optimizer: ServerOptimizer, count: Int) {
            first = [Float](repeating: 0, count: optimizer.method == .average ? 0 : count)
            let start = Float(optimizer.tau * optimizer.tau)
            second = [Float](repeating: start, count: optimizer.method == .adam ? count : 0)
        }

        init(first: [Float], second: [Float]) {
            self.first = first
            self.second = second
        }
    }

    public init(job: JobID, round: Int, adapter: ContentHash, moments: Moments) {
        self.job = job
        self.round = round
        self.adapter = adapter
        self.moments = moments
    }

    /// One safetensors file, written durably.
    public func write(to url: URL) throws {
        try SafetensorsWriter.write(
            [
                NamedTensor(name: "first_moment", shape: [moments.first.count], values: moments.first),
                NamedTensor(name: "second_moment", shape: [moments.second.count], values: moments.second),
            ], metadata: ["job": job.rawValue, "round": String(round), "adapter": adapter.hex], to: url)
    }

    /// - Throws: ``FederationError`` `.adapterMismatch` if the file is not there, is malformed, or belongs to another round.
    public init(contentsOf url: URL, job: JobID, round: Int, adapter: ContentHash) throws {
        do {
            let file = try SafetensorsFile(url: url)
            let expected = ["job": job.rawValue, "round": String(round), "adapter": adapter.hex]
            guard expected.allSatisfy({ file.metadata[$0.key] == $0.value }) else {
                throw TensorsError(.malformedFile, "The file is the state of another round.")
            }
            self.init(
                job: job, round: round, adapter: adapter,
                moments: Moments(first: try file.floats("first_moment"), second: try file.floats("second_moment")))
        } catch {
            throw FederationError(
                .adapterMismatch,
                "The server optimizer's state after round \(round) of “\(job)” is missing or damaged. Restore it from a backup; "
                    + "without it the job can't go on.", cause: error)
        }
    }
}
