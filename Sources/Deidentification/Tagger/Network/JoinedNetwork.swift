/// A network that scores the labels of a chain, with the weights of both.
struct JoinedNetwork: Sendable {
    let network: ContextNetwork
    /// What the chain's own scores and the network's count.
    let own: Float
    let share: Float
    private let head: ContextNetwork.Head

    /// What held-out authors' notes liked best.
    static let defaultOwn: Float = 0.7
    static let defaultShare: Float = 0.7

    /// - Returns: `nil` if the chain has a kind that the network doesn't know.
    init?(
        _ network: ContextNetwork, labels: ChainLabels, own: Float = defaultOwn, share: Float = defaultShare
    ) {
        guard let head = network.head(labels) else { return nil }
        self.network = network
        self.own = own
        self.share = share
        self.head = head
    }

    /// `scores[tokens, stride]` become those of both.
    func join(_ scores: inout [Float], _ features: NetworkFeatures, stride: Int) {
        network.join(&scores, features, head: head, stride: stride, own: own, share: share)
    }
}
