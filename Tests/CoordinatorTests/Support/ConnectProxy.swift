import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// A hospital's HTTP proxy: opens tunnels with `CONNECT`, or refuses to, and remembers what it could read.
final class ConnectProxy: Sendable {
    enum Rule: Sendable {
        case open
        /// Answers with this status.
        case refuse(Int)
        /// Wants this value of `Proxy-Authorization`.
        case password(String)
    }

    let port: Int
    private let rule: Rule
    private let listener: Int32
    private let asked = Mutex<[String]>([])
    private let read = Mutex(Data())

    init(_ rule: Rule) throws {
        self.rule = rule
        let (socket, port) = try Self.listen()
        (listener, self.port) = (socket, port)
        Thread.detachNewThread { [weak self] in
            while true {
                let client = accept(socket, nil, nil)
                guard client >= 0, let self else { return }
                Thread.detachNewThread { self.serve(client) }
            }
        }
    }

    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// The first lines of the requests that it got.
    var requests: [String] { asked.withLock { $0 } }
    /// All that clients sent through tunnels.
    var tunnelled: Data { read.withLock { $0 } }

    private static func listen() throws -> (Int32, Int) {
        let socket = makeSocket()
        var address = address(port: 0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
            }
        }
        #if canImport(Glibc)
        let listening = Glibc.listen(socket, 16)
        #elseif canImport(Musl)
        let listening = Musl.listen(socket, 16)
        #elseif canImport(Darwin)
        let listening = Darwin.listen(socket, 16)
        #endif
        guard bound, listening == 0 else { throw CocoaError(.fileReadUnknown) }
        return (socket, Int(UInt16(bigEndian: address.sin_port)))
    }

    private static func makeSocket() -> Int32 {
        #if canImport(Glibc)
        socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
        socket(AF_INET, SOCK_STREAM, 0)
        #endif
    }

    private static func address(port: Int) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        return address
    }

    private func serve(_ client: Int32) {
        defer { close(client) }
        var head = Data()
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8), head.count < 8192 {
            var byte: UInt8 = 0
            guard recv(client, &byte, 1, 0) == 1 else { return }
            head.append(byte)
        }
        let lines = String(decoding: head, as: UTF8.self).components(separatedBy: "\r\n")
        asked.withLock { $0.append(lines.first ?? "") }
        switch rule {
        case .open: break
        case .refuse(let status): return answer(client, "HTTP/1.1 \(status) No\r\nContent-Length: 0\r\n\r\n")
        case .password(let value):
            guard lines.contains(where: { $0.lowercased() == "proxy-authorization: \(value)".lowercased() }) else {
                return answer(
                    client,
                    "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"hospital\"\r\nContent-Length: 0\r\n\r\n")
            }
        }
        let target = lines.first?.split(separator: " ").dropFirst().first?.split(separator: ":").last
        guard let port = target.flatMap({ Int($0) }) else { return }
        let server = Self.makeSocket()
        defer { close(server) }
        var address = Self.address(port: port)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { return answer(client, "HTTP/1.1 502 Gone\r\nContent-Length: 0\r\n\r\n") }
        answer(client, "HTTP/1.1 200 Connection established\r\n\r\n")
        let back = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            Self.pump(server, client) { _ in }
            shutdown(client, Int32(SHUT_RDWR))
            back.signal()
        }
        Self.pump(client, server) { bytes in read.withLock { $0.append(bytes) } }
        shutdown(server, Int32(SHUT_RDWR))
        back.wait()
    }

    private func answer(_ client: Int32, _ text: String) { Self.write(Data(text.utf8), to: client) }

    private static func pump(_ source: Int32, _ target: Int32, _ see: (Data) -> Void) {
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = recv(source, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            let bytes = Data(buffer.prefix(count))
            see(bytes)
            guard write(bytes, to: target) else { return }
        }
    }

    @discardableResult
    private static func write(_ data: Data, to target: Int32) -> Bool {
        var rest = [UInt8](data)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(target, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
