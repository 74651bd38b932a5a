internal import ConsiliumCore
public import Foundation
internal import Tensors

/// AdamW's memory between steps: it stays in the clinic between rounds and makes a run resumable bit for bit.
public struct OptimizerState: Sendable, Codable, Equatable {
    /// Running mean of the gradient, in the order of the adapter's layout; empty for SGD.
    public var firstMoment: [Float]
    /// Running mean of the squared gradient.
    public var secondMoment: [Float]
    /// Updates so far of the A matrices; A and B count apart, because alternating rounds train one of them.
    public var stepsOfA: Int
    public var stepsOfB: Int

    public init(firstMoment: [Float] = [], secondMoment: [Float] = [], stepsOfA: Int = 0, stepsOfB: Int = 0) {
        self.firstMoment = firstMoment
        self.secondMoment = secondMoment
        self.stepsOfA = stepsOfA
        self.stepsOfB = stepsOfB
    }

    /// Writes one safetensors file, atomically.
    public func save(to url: URL) throws {
        try SafetensorsWriter.write(
            [
                NamedTensor(name: "first_moment", shape: [firstMoment.count], values: firstMoment),
                NamedTensor(name: "second_moment", shape: [secondMoment.count], values: secondMoment),
            ], metadata: ["steps_of_a": String(stepsOfA), "steps_of_b": String(stepsOfB)], to: url)
    }

    /// - Throws: ``TensorsError`` for a malformed file, ``FineTuningError`` `.stateMismatch` for another one.
    public static func load(from url: URL) throws -> OptimizerState {
        let file = try SafetensorsFile(url: url)
        guard let a = file.metadata["steps_of_a"].flatMap(Int.init),
            let b = file.metadata["steps_of_b"].flatMap(Int.init),
            a >= 0, b >= 0
        else {
            throw FineTuningError(.stateMismatch, "\(url.path) is not a saved optimizer state. Start without it.")
        }
        return OptimizerState(
            firstMoment: try file.floats("first_moment"), secondMoment: try file.floats("second_moment"), stepsOfA: a,
            stepsOfB: b)
    }
}
