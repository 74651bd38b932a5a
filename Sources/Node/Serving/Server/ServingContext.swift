internal import Hummingbird
internal import NIOCore

/// What is known about a request besides its content.
struct ServingContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The other end's address without the port.
    let address: String

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        address = source.channel.remoteAddress?.ipAddress ?? "local"
    }
}
