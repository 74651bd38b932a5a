import AsyncHTTPClient
import ConsiliumCore
import Federation
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import Logging
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Synchronization

@testable import Coordinator

/// The place of a coordinator on the network: nobody, or a server on the folder, without sockets in between. All that is below
/// TLS is the product's: routes, desks, engine, SQLite, files.
actor CoordinatorSeat {
    /// What a client sees of a coordinator that is not there.
    struct Refused: Error {}

    private struct Running {
        let server: CoordinatorServer
        let engine: Task<Void, any Error>
        var requests: [Int: Task<HTTPClientResponse, any Error>] = [:]
    }

    private let folder: URL
    private let clock: TestClock
    private let channel = NIOAsyncTestingChannel()
    private var running: Running?
    private var count = 0
    private(set) var starts = 0

    init(folder: URL, clock: TestClock) {
        self.folder = folder
        self.clock = clock
    }

    var isUp: Bool { running != nil }

    func start() async throws {
        guard running == nil else { return }
        let server = try await CoordinatorServer(
            configuration: CoordinatorConfiguration(folder: folder), tick: .milliseconds(15), now: clock.now,
            uptime: clock.uptime)
        starts += 1
        running = Running(server: server, engine: Task { try await server.engine.run() })
    }

    /// Drops everything that is not on the disk. Requests that are being answered break off at the next wait.
    func kill() async {
        guard let victim = running else { return }
        running = nil
        victim.engine.cancel()
        for request in victim.requests.values { request.cancel() }
        _ = try? await victim.engine.value
        for request in victim.requests.values { _ = try? await request.value }
        victim.server.releaseFolder()
    }

    /// Answers as to a client with this certificate.
    func answer(_ request: HTTPClientRequest, from peer: PeerCredentials) async throws -> HTTPClientResponse {
        guard let server = running?.server else { throw Refused() }
        count += 1
        let number = count
        let task = Task { [channel] in try await Self.answer(request, from: peer, server, channel) }
        running?.requests[number] = task
        defer { running?.requests[number] = nil }
        return try await withTaskCancellationHandler {
            try await task.value
        } onCancel: {
            task.cancel()
        }
    }

    private static func answer(
        _ request: HTTPClientRequest, from peer: PeerCredentials, _ server: CoordinatorServer,
        _ channel: NIOAsyncTestingChannel
    ) async throws -> HTTPClientResponse {
        var headers = HTTPFields()
        for (name, value) in request.headers {
            if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
        }
        var body = ByteBuffer()
        if let sent = request.body { for try await piece in sent { body.writeImmutableBuffer(piece) } }
        let path = request.url.dropFirst("https://localhost".count).drop { $0 != "/" }
        var context = CoordinatorContext(
            source: ApplicationRequestContextSource(
                channel: channel, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        context.peer = peer.tlsCertificate.identity
        let response = try await server.responder.respond(
            to: Request(
                head: HTTPRequest(
                    method: HTTPRequest.Method(request.method.rawValue) ?? .get, scheme: "https",
                    authority: "localhost", path: String(path), headerFields: headers),
                body: RequestBody(buffer: body)), context: context)
        let writer = Collector()
        try await response.body.write(writer)
        var replied = HTTPHeaders()
        for field in response.headers { replied.add(name: field.name.rawName, value: field.value) }
        return HTTPClientResponse(
            status: HTTPResponseStatus(statusCode: Int(response.status.code)), headers: replied,
            body: .bytes(writer.collected))
    }

    private final class Collector: ResponseBodyWriter, Sendable {
        private let buffer = Mutex(ByteBuffer())

        var collected: ByteBuffer { buffer.withLock { $0 } }

        func write(_ piece: ByteBuffer) async throws {
            _ = buffer.withLock { $0.writeImmutableBuffer(piece) }
        }

        func finish(_ headers: HTTPFields?) async throws {}
    }
}
