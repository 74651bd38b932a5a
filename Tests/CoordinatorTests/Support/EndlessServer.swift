import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore

@testable import Transport

/// A coordinator gone wrong: it answers every request for an adapter with zeros, without a length and without an end.
struct EndlessServer: Sendable {
    let port: Int
    private let task: Task<Void, any Error>

    init(_ tls: TLSSettings) async throws {
        let router = Router(context: BasicRequestContext.self)
        router.get("/v1/adapters/{hash}") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    let piece = ByteBuffer(repeating: 0, count: 64 << 10)
                    while true { try await writer.write(piece) }
                })
        }
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            responder: router.buildResponder(), server: try .tls(tlsConfiguration: tls.serverConfiguration()),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { continuation.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        task = Task {
            defer { continuation.finish() }
            try await application.run()
        }
        var bound = 0
        for await port in ports {
            bound = port
            break
        }
        port = bound
    }

    func stop() async {
        task.cancel()
        _ = try? await task.value
    }
}
