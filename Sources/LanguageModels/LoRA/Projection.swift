/// The seven linear layers of a block that an adapter may change.
enum Projection: String, CaseIterable, Sendable {
    case query = "q_proj"
    case key = "k_proj"
    case value = "v_proj"
    case attentionOutput = "o_proj"
    case gate = "gate_proj"
    case up = "up_proj"
    case down = "down_proj"

    /// Projections that read the same input are computed together.
    enum Group: Int, CaseIterable, Sendable {
        case queryKeyValue, attentionOutput, gateUp, down

        var members: [Projection] {
            switch self {
            case .queryKeyValue: [.query, .key, .value]
            case .attentionOutput: [.attentionOutput]
            case .gateUp: [.gate, .up]
            case .down: [.down]
            }
        }
    }

    /// The path of the module inside of its block.
    var modulePath: String {
        switch self {
        case .query, .key, .value, .attentionOutput: "self_attn.\(rawValue)"
        case .gate, .up, .down: "mlp.\(rawValue)"
        }
    }

    func inputSize(_ configuration: ModelConfiguration) -> Int {
        switch self {
        case .query, .key, .value, .gate, .up: configuration.hiddenSize
        case .attentionOutput: configuration.queryWidth
        case .down: configuration.intermediateSize
        }
    }

    func outputSize(_ configuration: ModelConfiguration) -> Int {
        switch self {
        case .query: configuration.queryWidth
        case .key, .value: configuration.keyValueWidth
        case .attentionOutput, .down: configuration.hiddenSize
        case .gate, .up: configuration.intermediateSize
        }
    }

    /// The first column of its output in the output of its group.
    func outputColumn(_ configuration: ModelConfiguration) -> Int {
        switch self {
        case .query, .attentionOutput, .gate, .down: 0
        case .key: configuration.queryWidth
        case .value: configuration.queryWidth + configuration.keyValueWidth
        case .up: configuration.intermediateSize
        }
    }
}
