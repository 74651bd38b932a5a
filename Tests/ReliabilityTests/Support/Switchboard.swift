import AsyncHTTPClient
import ConsiliumCore
import Federation
import Foundation
import Identity
import NIOCore
import NIOHTTP1

@testable import Transport

/// The network between the clinics and the coordinator, with the faults of one run in it.
actor Switchboard {
    /// How far a calendar is set: more than a round is long.
    static let jump = TimeInterval(2 * Blueprint.roundSeconds)

    let seat: CoordinatorSeat
    private let peers: [PeerCredentials]
    private let clock: TestClock
    private let clinicClocks: [TestClock]
    private let randoms: [RoundRandom]
    private let disks: RunDisks?
    private var faults: [Message: [Fault.Kind]]
    /// Every message that a clinic has tried to send, in the order of sending.
    private(set) var log: [Message] = []
    /// Faults that have come true.
    private(set) var happened: [Fault] = []
    private var kills: [@Sendable () -> Void]
    private var counts: [Message: Int] = [:]
    private var rounds: [Int: Int] = [:]
    /// How many more messages of a clinic are lost.
    private var cuts: [Int: Int] = [:]
    private var copies: [(after: Int, request: HTTPClientRequest, clinic: Int)] = []
    /// Clinics of which nothing is heard any more.
    private var dead: Set<Int> = []

    init(
        seat: CoordinatorSeat, peers: [PeerCredentials], clock: TestClock, clinicClocks: [TestClock],
        randoms: [RoundRandom], disks: RunDisks?, faults: [Fault]
    ) {
        self.seat = seat
        self.peers = peers
        self.clock = clock
        self.clinicClocks = clinicClocks
        self.randoms = randoms
        self.disks = disks
        self.faults = Dictionary(grouping: faults, by: \.at).mapValues { $0.map(\.kind) }
        kills = peers.map { _ in {} }
    }

    /// How to kill a clinic's process.
    func register(_ kill: @escaping @Sendable () -> Void, of clinic: Int) { kills[clinic] = kill }

    func carry(_ request: HTTPClientRequest, from clinic: Int) async throws -> HTTPClientResponse {
        let (kind, named) = try await Message.kind(of: request)
        var message = Message(clinic: clinic, kind: kind, round: named ?? rounds[clinic] ?? 0, occurrence: 0)
        counts[message, default: 0] += 1
        message.occurrence = counts[message, default: 1]
        log.append(message)
        try await deliverCopies()
        if let left = cuts[clinic], left > 0 {
            cuts[clinic] = left - 1
            throw HTTPClientError.connectTimeout
        }
        guard var waiting = faults[message], let fault = waiting.first else {
            return try await deliver(request, clinic)
        }
        waiting.removeFirst()
        faults[message] = waiting
        happened.append(Fault(at: message, kind: fault))
        return try await suffer(fault, request, clinic)
    }

    private func suffer(_ fault: Fault.Kind, _ request: HTTPClientRequest, _ clinic: Int) async throws
        -> HTTPClientResponse
    {
        switch fault {
        case .requestLost: throw HTTPClientError.remoteConnectionClosed
        case .answerLost:
            _ = try await deliver(request, clinic)
            throw HTTPClientError.remoteConnectionClosed
        case .linkCut:
            cuts[clinic] = 4
            throw HTTPClientError.connectTimeout
        case .repeated:
            _ = try await deliver(request, clinic)
            return try await deliver(request, clinic)
        case .staleCopy:
            copies.append((log.count + 7, request, clinic))
            return try await deliver(request, clinic)
        case .delayed:
            try await letOthersPass()
            return try await deliver(request, clinic)
        case .nodeKilledBefore:
            kills[clinic]()
            throw CancellationError()
        case .nodeKilledAfter:
            _ = try? await deliver(request, clinic)
            kills[clinic]()
            throw CancellationError()
        case .coordinatorKilledBefore:
            try await restart()
            throw HTTPClientError.remoteConnectionClosed
        case .coordinatorKilledDuring:
            let answering = Task { try await self.deliver(request, clinic) }
            await Task.yield()
            try await restart()
            _ = try? await answering.value
            throw HTTPClientError.remoteConnectionClosed
        case .coordinatorKilledAfter:
            _ = try await deliver(request, clinic)
            try await restart()
            throw HTTPClientError.remoteConnectionClosed
        case .coordinatorClockForward, .coordinatorClockBack:
            clock.set(by: fault == .coordinatorClockForward ? Self.jump : -Self.jump)
            return try await deliver(request, clinic)
        case .nodeClockForward, .nodeClockBack:
            let direction: TimeInterval = fault == .nodeClockForward ? 1 : -1
            let clock = clinicClocks[clinic]
            clock.set(by: direction * Self.jump)
            // Somebody notices and sets it right.
            Task {
                try await Task.sleep(for: .milliseconds(60))
                clock.set(by: -direction * Self.jump)
            }
            return try await deliver(request, clinic)
        case .requestCorrupted:
            var request = request
            if let body = request.body { request.body = .bytes(Self.flipped(try await Self.bytes(of: body))) }
            return try await deliver(request, clinic)
        case .answerCorrupted:
            var response = try await deliver(request, clinic)
            response.body = .bytes(Self.flipped(try await response.body.collect(upTo: 1 << 24)))
            return response
        case .nodeDiskFull: return try await fill(clinic, request, clinic)
        case .coordinatorDiskFull: return try await fill(nil, request, clinic)
        case .nodeDies:
            dead.insert(clinic)
            kills[clinic]()
            throw CancellationError()
        }
    }

    /// - Parameter victim: a clinic; `nil` for the coordinator.
    private func fill(_ victim: Int?, _ request: HTTPClientRequest, _ clinic: Int) async throws -> HTTPClientResponse {
        guard let disks else { throw FederationRun.Stuck(description: "This run has no disks that could be full.") }
        try disks.fill(victim)
        Task {
            try await Task.sleep(for: .milliseconds(150))
            try disks.free(victim)
        }
        return try await deliver(request, clinic)
    }

    private static func bytes(of body: HTTPClientRequest.Body) async throws -> ByteBuffer {
        var buffer = ByteBuffer()
        for try await piece in body { buffer.writeImmutableBuffer(piece) }
        return buffer
    }

    private static func flipped(_ buffer: ByteBuffer) -> ByteBuffer {
        var buffer = buffer
        let middle = buffer.readerIndex + buffer.readableBytes / 2
        if let byte = buffer.getInteger(at: middle, as: UInt8.self) { buffer.setInteger(byte ^ 1, at: middle) }
        return buffer
    }

    func isDead(_ clinic: Int) -> Bool { dead.contains(clinic) }

    private func restart() async throws {
        await seat.kill()
        try await seat.start()
    }

    private func deliver(_ request: HTTPClientRequest, _ clinic: Int) async throws -> HTTPClientResponse {
        let response: HTTPClientResponse
        do {
            response = try await seat.answer(request, from: peers[clinic])
        } catch {
            // Whatever happened to the coordinator, the clinic sees a closed connection.
            if Task.isCancelled { throw CancellationError() }
            throw HTTPClientError.remoteConnectionClosed
        }
        guard request.url.contains("/task"), response.status == .ok else { return response }
        let body = try await response.body.collect(upTo: 1 << 20)
        if case .train(let round, _, _) = try? CanonicalJSON.decode(
            RoundTask.self, from: Data(body.readableBytesView))
        {
            rounds[clinic] = round
            randoms[clinic].begin(round: round)
        }
        return HTTPClientResponse(status: response.status, headers: response.headers, body: .bytes(body))
    }

    /// Brings the copies whose time has come; nobody waits for what becomes of them.
    private func deliverCopies() async throws {
        let due = copies.filter { $0.after <= log.count }
        copies.removeAll { $0.after <= log.count }
        for copy in due { _ = try? await seat.answer(copy.request, from: peers[copy.clinic]) }
    }

    private func letOthersPass() async throws {
        let before = log.count
        let end = ContinuousClock.now + .milliseconds(60)
        while log.count < before + 5, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(2)) }
    }
}

/// The link of one clinic.
struct FaultyLink: HTTPLink {
    let board: Switchboard
    let clinic: Int

    func carry(_ request: HTTPClientRequest, deadline: NIODeadline) async throws -> HTTPClientResponse {
        try await board.carry(request, from: clinic)
    }

    func close() async throws {}
}
