/// What the node calls itself in ledger rows.
enum NodeVersion {
    static let current = "consilium-node 0.1.0"
}
