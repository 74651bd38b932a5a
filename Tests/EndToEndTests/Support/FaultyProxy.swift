import NIOCore
import NIOPosix
import Synchronization

/// A TCP relay on loopback between one clinic and the coordinator: a link that can be cut, or swallow what is sent.
final class FaultyProxy: Sendable {
    enum Link: Sendable {
        case open
        /// Connections break at once, and new ones are refused.
        case cut
        /// Connections stay and nothing comes through, as behind a firewall that forgot them. They break when it ends.
        case silent
    }

    private struct State {
        var link = Link.open
        var connections: [ObjectIdentifier: any Channel] = [:]
    }

    let port: Int
    private let state = SharedState()
    private let listener: any Channel

    private final class SharedState: Sendable {
        let value = Mutex(State())
        var link: Link { value.withLock { $0.link } }
    }

    /// - Parameter target: the coordinator's port on loopback.
    init(to target: Int) async throws {
        let state = state
        listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { near in
                guard state.link != .cut else { return near.close() }
                return ClientBootstrap(group: near.eventLoop).connect(host: "127.0.0.1", port: target).flatMap { far in
                    for channel in [near, far] {
                        let id = ObjectIdentifier(channel)
                        state.value.withLock { $0.connections[id] = channel }
                        channel.closeFuture.whenComplete { _ in
                            state.value.withLock { $0.connections[id] = nil }
                        }
                    }
                    do {
                        try near.pipeline.syncOperations.addHandler(Relay(to: far, state))
                        try far.pipeline.syncOperations.addHandler(Relay(to: near, state))
                    } catch {
                        return near.eventLoop.makeFailedFuture(error)
                    }
                    return near.setOption(.autoRead, value: true)
                }.flatMapError { _ in near.close() }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = listener.localAddress?.port ?? 0
    }

    deinit {
        listener.close(promise: nil)
        for channel in state.value.withLock({ Array($0.connections.values) }) { channel.close(promise: nil) }
    }

    func set(_ link: Link) {
        let broken = state.value.withLock { state in
            let isBroken = link == .cut || (state.link == .silent && link == .open)
            state.link = link
            return isBroken ? Array(state.connections.values) : []
        }
        for channel in broken { channel.close(promise: nil) }
    }

    private final class Relay: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let other: any Channel
        private let state: SharedState

        init(to other: any Channel, _ state: SharedState) {
            self.other = other
            self.state = state
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard state.link == .open else { return }
            other.writeAndFlush(unwrapInboundIn(data), promise: nil)
        }

        func channelInactive(context: ChannelHandlerContext) {
            other.close(promise: nil)
            context.fireChannelInactive()
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
