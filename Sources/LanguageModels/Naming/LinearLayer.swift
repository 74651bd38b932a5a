/// One linear layer of a block: what it is called in checkpoints and adapters, and where its output goes.
struct LinearLayer: Sendable, Equatable {
    /// Layers of one slot read the same input and write side by side.
    enum Slot: Int, CaseIterable, Sendable {
        case queryKeyValue, attentionOutput
        /// What the activation reads: gate, then up.
        case up
        case down
    }

    let slot: Slot
    /// The path of the module inside of its block, such as `self_attn.q_proj`.
    let path: String
    let input: Int
    let output: Int
    /// The first column of its output in the slot's.
    let column: Int
    let hasBias: Bool

    /// As PEFT's `target_modules` name it: the last part of the path.
    var shortName: String { path.split(separator: ".").last.map(String.init) ?? path }

    /// Whether `target` names this layer as PEFT understands it: the path or an end of it at a dot.
    func isNamed(_ target: String) -> Bool { path == target || path.hasSuffix(".\(target)") }
}
