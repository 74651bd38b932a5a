import ConsiliumCore
import Federation
import Foundation
import Synchronization

@testable import Node
@testable import Transport

/// A clinic's node under a service manager: whenever it ends without having finished, it is started again from its folder.
final class ClinicSeat: Sendable {
    let index: Int
    let home: NodeHome
    private let material: TrainingMaterial
    private let board: Switchboard
    private let clock: TestClock
    private let random: RoundRandom
    private let process = Mutex<Task<NodeDaemon.Outcome, any Error>?>(nil)
    private let told = Mutex<[String]>([])
    private let started = Mutex(0)

    init(
        index: Int, home: NodeHome, material: TrainingMaterial, board: Switchboard, clock: TestClock,
        random: RoundRandom
    ) {
        self.index = index
        self.home = home
        self.material = material
        self.board = board
        self.clock = clock
        self.random = random
    }

    /// What the node said.
    var notes: [String] { told.withLock { $0 } }
    var starts: Int { started.withLock { $0 } }

    func kill() { process.withLock { $0?.cancel() } }

    func services() throws -> NodeServices { try NodeServices(home: home, now: clock.now) }

    /// Returns when no approved job has anything left to do.
    /// - Throws: the fault with which the node ended, if no restart would help.
    func run() async throws {
        await board.register({ [self] in kill() }, of: index)
        while true {
            try Task.checkCancellation()
            if await board.isDead(index) { return }
            do {
                let outcome = try await start()
                if !outcome.failed { return }
                guard [.unavailable, .tryAgain, .inputOutput].contains(outcome.category) else {
                    throw NodeError(.checkFailed, outcome.text)
                }
                told.withLock { $0.append("ended: \(outcome.text)") }
                try await Task.sleep(for: .milliseconds(20))
            } catch is CancellationError {
                // Killed.
            } catch let error as any ConsiliumError
                where [.unavailable, .tryAgain, .inputOutput].contains(error.category)
            {
                told.withLock { $0.append("ended: \(error.message)") }
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    private func start() async throws -> NodeDaemon.Outcome {
        started.withLock { $0 += 1 }
        let task = Task { [self] in
            try await NodeDaemon(
                services(), compareLocal: false, patience: .seconds(20), surroundings: surroundings, random: random,
                note: { [self] text in told.withLock { $0.append(text) } }, progress: { _ in }
            ).run(once: true)
        }
        process.withLock { $0 = task }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private var surroundings: NodeDaemon.Surroundings {
        var surroundings = NodeDaemon.Surroundings()
        surroundings.pause = .milliseconds(5)
        surroundings.material = { [material] _, _ in material }
        surroundings.client = { [board, index] services in
            var options = CoordinatorClient.Options()
            options.link = FaultyLink(board: board, clinic: index)
            options.retry = RetryPolicy(attempts: 3, base: .milliseconds(2), cap: .milliseconds(4))
            return try CoordinatorClient(
                address: CoordinatorAddress("https://localhost"), tls: TLSSettings(services.credentials()),
                options: options)
        }
        return surroundings
    }
}
