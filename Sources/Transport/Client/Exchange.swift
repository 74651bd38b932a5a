internal import AsyncHTTPClient
internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Logging
internal import NIOCore
internal import NIOFoundationCompat
internal import NIOHTTP1

/// One request with its retries.
struct Exchange: Sendable {
    enum Method: String {
        case get = "GET"
        case put = "PUT"
        case post = "POST"
    }

    enum Body: Sendable {
        case none
        case json(Data)
        case octets(Data, hash: ContentHash)
        case file(URL, byteCount: Int, hash: ContentHash)
    }

    struct Reply: Sendable {
        var status: Int
        var headers: HTTPHeaders
        var body: Data
    }

    /// Answers of more bytes than this are refused; adapters are streamed and not counted.
    static let replyLimit = 64 << 20
    static let hashHeader = "X-Content-SHA256"

    let client: CoordinatorClient
    let options: CoordinatorClient.Options

    func send(
        _ method: Method, _ path: String, query: String? = nil, body: Body = .none, timeout: Duration? = nil
    ) async throws -> Reply {
        switch body {
        case .none, .file: break
        case .json(let data): try options.mayLeave?(path, ContentHash(of: data))
        case .octets(_, let hash): try options.mayLeave?(path, hash)
        }
        let request = self.request(method, path, query: query, body: body)
        let timeout = timeout ?? options.requestTimeout
        return try await retrying(path) {
            let response = try await client.link.carry(request, deadline: .now() + TimeAmount(timeout))
            let bytes = try await response.body.collect(upTo: Self.replyLimit)
            let reply = Reply(
                status: Int(response.status.code), headers: response.headers, body: Data(buffer: bytes))
            guard (200..<300).contains(reply.status) else { throw refusal(status: reply.status, body: reply.body) }
            return reply
        }
    }

    func request(_ method: Method, _ path: String, query: String? = nil, body: Body = .none) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: client.address.description + path + (query.map { "?\($0)" } ?? ""))
        request.method = HTTPMethod(rawValue: method.rawValue)
        switch body {
        case .none: break
        case .json(let data):
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(data: data))
        case .octets(let data, let hash):
            request.headers.add(name: "Content-Type", value: "application/octet-stream")
            request.headers.add(name: Self.hashHeader, value: hash.hex)
            request.body = .stream(DataPieces(data: data), length: .known(Int64(data.count)))
        case .file(let url, let byteCount, let hash):
            request.headers.add(name: "Content-Type", value: "application/octet-stream")
            request.headers.add(name: Self.hashHeader, value: hash.hex)
            request.body = .stream(FileChunks(url: url), length: .known(Int64(byteCount)))
        }
        return request
    }

    /// Repeats `attempt` while it fails in a way that may pass.
    func retrying<Value: Sendable>(
        _ path: String, _ attempt: @Sendable () async throws -> Value
    ) async throws -> Value {
        var failures = 0
        while true {
            do {
                return try await attempt()
            } catch {
                failures += 1
                let (shown, mayRetry) = classify(error)
                guard mayRetry,
                    let pause = options.retry.pause(afterAttempt: failures, random: Double.random(in: 0..<1))
                else { throw shown }
                options.logger.debug(
                    "request failed, trying again", metadata: ["path": "\(path)", "failures": "\(failures)"])
                try await Task.sleep(for: pause)
            }
        }
    }

    private func classify(_ error: any Error) -> (any Error, mayRetry: Bool) {
        if let error = error as? FederationError { return (error, Self.passing.contains(error.code)) }
        return FailureTranslation.translate(
            error, address: client.address, hasCertificate: client.hasCertificate, proxy: options.proxy)
    }

    // `.enrolmentPending` and `.roundClosed` may change too, but only their callers know for how long to wait.
    private static let passing: Set<FederationError.Code> = [
        .overloaded, .unavailable, .coordinatorFault, .chunkCorrupt,
    ]

    /// The error in an answer that is not a success.
    func refusal(status: Int, body: Data) -> FederationError {
        if let reply = try? CanonicalJSON.decode(ErrorReply.self, from: body) { return reply.error }
        // Not from a coordinator of ours, or from one that is not itself: a proxy's or a load balancer's page.
        if status == 429 || status >= 500 {
            return FederationError(
                .unavailable,
                "The coordinator at \(client.address) can't be reached: the answer was HTTP \(status). Try again later."
            )
        }
        return FederationError(
            .malformedMessage,
            "Something at \(client.address) answered HTTP \(status), but not in the words of a coordinator. Check the address and the proxy."
        )
    }
}

extension TimeAmount {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(seconds &* 1_000_000_000 &+ attoseconds / 1_000_000_000)
    }
}
