import Foundation
import Synchronization

/// A service manager for one clinic's node: starts it again whenever it ends otherwise than well.
final class NodeKeeper: Sendable {
    private struct State {
        var program: RunningProgram?
        var starts = 0
        var isDone = false
    }

    let clinic: String
    private let consortium: Consortium
    private let state = Mutex(State())

    init(_ clinic: String, _ consortium: Consortium) {
        self.clinic = clinic
        self.consortium = consortium
    }

    var starts: Int { state.withLock { $0.starts } }
    var isDone: Bool { state.withLock { $0.isDone } }

    /// SIGKILL.
    func kill() { state.withLock { $0.program }?.kill() }

    /// Returns when the node has nothing left to do.
    func run() async throws {
        while !Task.isCancelled {
            let program = try consortium.startNode(clinic)
            state.withLock {
                $0.program = program
                $0.starts += 1
            }
            let result = try await program.result(within: .seconds(3600))
            if result.code == 0 { return state.withLock { $0.isDone = true } }
            // Killed, or what sysexits calls temporary: the other side away, a full disk, try again.
            guard [9, 69, 74, 75].contains(result.code) else {
                throw Consortium.Failure("the node of \(clinic) ended with \(result.text)")
            }
            try await Task.sleep(for: .milliseconds(300))
        }
    }
}
