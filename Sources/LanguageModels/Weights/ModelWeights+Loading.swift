internal import Tensors

extension ModelWeights {
    /// Reads all weights by their names in Hugging Face checkpoints.
    init(_ configuration: ModelConfiguration, loader: WeightLoader) throws {
        let names = ModelNames(configuration)
        let hidden = configuration.hiddenSize
        embedding = try loader.table(names.embedding, rows: configuration.vocabularySize, columns: hidden)
        if case .learned(let offset) = configuration.positions, let name = names.positions {
            positions = try loader.table(name, rows: configuration.maximumPositions + offset, columns: hidden)
        } else {
            positions = nil
        }
        tokenTypes = try names.tokenTypes.flatMap {
            configuration.tokenTypes > 0
                ? try loader.table($0, rows: configuration.tokenTypes, columns: hidden) : nil
        }
        embeddingNorm = try loader.norm(names.embeddingNorm, configuration.norm, width: hidden)
        blocks = try (0..<configuration.layers).map { number in
            try BlockWeights(configuration, names, number, loader)
        }
        head = try HeadWeights(configuration, names, embedding, loader)
    }
}

extension BlockWeights {
    fileprivate init(
        _ configuration: ModelConfiguration, _ names: ModelNames, _ number: Int, _ loader: WeightLoader
    ) throws {
        let prefix = names.block(number)
        let hidden = configuration.hiddenSize
        func norm(_ path: String?) throws -> Norm? {
            try loader.norm(path.map { prefix + $0 }, configuration.norm, width: hidden)
        }
        func headNorm(_ path: String?) throws -> Norm? {
            guard let kind = configuration.queryKeyNorm else { return nil }
            return try loader.norm(path.map { prefix + $0 }, kind, width: configuration.headSize)
        }
        let layers = configuration.linearLayers
        func linear(_ slot: LinearLayer.Slot, of layers: [LinearLayer]) throws -> Linear {
            try loader.linear(
                layers.filter { $0.slot == slot }, prefix: prefix, transposed: configuration.storesTransposed)
        }
        attentionNorm = try norm(names.attentionNorms.before)
        queryKeyValue = try linear(.queryKeyValue, of: layers)
        queryNorm = try headNorm(names.queryNorm)
        keyNorm = try headNorm(names.keyNorm)
        attentionOutput = try linear(.attentionOutput, of: layers)
        attentionOutputNorm = try norm(names.attentionNorms.behind)
        mlpNorm = try norm(names.mlpNorms.before)
        if let experts = configuration.experts {
            router = try loader.table(
                prefix + configuration.routerPath, rows: experts.count, columns: hidden, atLeast16: true)
            feedForward = try (0..<experts.count).map { expert in
                let layers = configuration.expertLayers(expert)
                return FeedForward(up: try linear(.up, of: layers), down: try linear(.down, of: layers))
            }
        } else {
            router = nil
            feedForward = [FeedForward(up: try linear(.up, of: layers), down: try linear(.down, of: layers))]
        }
        mlpOutputNorm = try norm(names.mlpNorms.behind)
    }
}

extension HeadWeights {
    fileprivate init(
        _ configuration: ModelConfiguration, _ names: ModelNames, _ embedding: Table, _ loader: WeightLoader
    ) throws {
        let hidden = configuration.hiddenSize
        finalNorm = try loader.norm(names.finalNorm, configuration.norm, width: hidden)
        transform = try names.headTransform.map { name in
            let dense = LinearLayer(
                slot: .up, path: name, input: hidden, output: hidden, column: 0, hasBias: true)
            return try loader.linear([dense], prefix: "", transposed: false)
        }
        transformNorm = try loader.norm(names.headTransformNorm, configuration.norm, width: hidden)
        let rows = configuration.outputSize
        let isClassifier = configuration.head.classes != nil
        let table =
            configuration.tiedHead && !isClassifier
            ? embedding : try loader.table(names.head, rows: rows, columns: hidden)
        let piece = Linear.Piece(matrix: table.matrix, column: 0, parameter: table.parameter)
        let bias =
            configuration.headBias || isClassifier ? try loader.bias([(names.headBias, rows, 0)], output: rows) : nil
        output = Linear(pieces: [piece], bias: bias, input: hidden, output: rows)
    }
}
