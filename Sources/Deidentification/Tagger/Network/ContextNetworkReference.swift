/// The network's scores written as the equations are, in double precision: what the kernels must agree with.
enum ContextNetworkReference {
    /// `[tokens, 1 + kinds]`
    static func scores(_ network: ContextNetwork, _ features: NetworkFeatures) -> [[Double]] {
        let channels = network.channels
        var states = (0..<max(0, features.offsets.count - 1)).map { token in
            (0..<channels).map { channel in
                let rows = features.values[Int(features.offsets[token])..<Int(features.offsets[token + 1])]
                let sum = rows.reduce(0) { $0 + Int(network.table[Int($1) * channels + channel]) }
                return max(0, Double(network.bias[channel]) + Double(network.scale[channel]) * Double(sum))
            }
        }
        for layer in network.layers {
            states = states.indices.map { token in
                (0..<channels).map { channel in
                    var sum = Double(layer.bias[channel])
                    for place in 0..<3 {
                        let beside = token + (place - 1) * layer.reach
                        guard states.indices.contains(beside) else { continue }
                        for from in 0..<channels {
                            let weight = layer.weights[(place * channels + from) * channels + channel]
                            sum += Double(weight) * states[beside][from]
                        }
                    }
                    return states[token][channel] + max(0, sum)
                }
            }
        }
        let labels = network.outBias.count
        return states.map { state in
            (0..<labels).map { label in
                state.indices.reduce(Double(network.outBias[label])) {
                    $0 + state[$1] * Double(network.outWeights[$1 * labels + label])
                }
            }
        }
    }
}
