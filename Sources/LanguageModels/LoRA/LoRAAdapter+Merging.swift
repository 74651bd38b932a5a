public import ConsiliumCore
public import Foundation
internal import Tensors

extension LoRAAdapter {
    /// Saves the base model with this adapter in its weights, W + scale · B · A, as a Hugging Face checkpoint of its own.
    ///
    /// Weights keep the number format of the file; those of a quantized base get the 16 bits of its other weights. What 16 bits can't hold of the
    /// change is lost, so the result agrees with base and adapter only as far as that format does.
    ///
    /// - Parameters:
    ///   - base: the folder of the base model; its other files are copied.
    ///   - folder: must not exist, or be empty. It appears when all is written.
    /// - Throws: ``LanguageModelsError``, also for an adapter of another base; ``TensorsError``; a `CoreError` of the disk.
    public func merge(base: URL, to folder: URL, progress: ProgressHandler? = nil) throws {
        let configuration = try ModelConfiguration.load(from: base)
        guard configuration == model else {
            throw LanguageModelsError(.adapterMismatch, "The adapter is for another base model. Use its own.")
        }
        let deltas = weightDeltas()
        var changes = deltas.pairs.sorted { $0.value.b.offset < $1.value.b.offset }.map { name, pair in
            WeightChange(
                name: name, rows: pair.b.shape[0], columns: pair.a.shape[1], isTransposed: model.storesTransposed)
        }
        let whole = layout.filter { $0.kind == .whole }
        changes += whole.map {
            WeightChange(name: $0.path, rows: $0.shape[0], columns: $0.shape.count > 1 ? $0.shape[1] : nil)
        }
        let writer = try CheckpointWriter(base: base, changes: changes) { ModelNames.aliases($0, model.family) }
        try writer.write(to: folder, progress: progress) { change in
            if let tensor = whole.first(where: { $0.path == change.name }) {
                return .replace(Array(parameters[tensor.range]))
            }
            return .add(try deltas.delta(of: change.name) ?? [])
        }
    }

    /// What this adapter adds to each of the model's weights.
    func weightDeltas() -> WeightDeltas { WeightDeltas(self) }

    struct WeightDeltas {
        /// By the names of the weights in the checkpoint.
        let pairs: [String: (a: AdapterTensor, b: AdapterTensor)]
        private let adapter: LoRAAdapter
        private let backend = CPUBackend()

        fileprivate init(_ adapter: LoRAAdapter) {
            let names = ModelNames(adapter.model)
            let byName = Dictionary(uniqueKeysWithValues: adapter.layout.map { ($0.name, $0) })
            var pairs: [String: (a: AdapterTensor, b: AdapterTensor)] = [:]
            for b in adapter.layout where b.kind == .b {
                guard let a = byName[b.name.replacingOccurrences(of: ".lora_B.", with: ".lora_A.")] else { continue }
                pairs["\(names.block(b.layer))\(b.path).weight"] = (a, b)
            }
            self.pairs = pairs
            self.adapter = adapter
        }

        /// scale · B · A, [output, input]; `nil` for a weight that the adapter does not reach.
        func delta(of weight: String) throws -> [Float]? {
            guard let (a, b) = pairs[weight] else { return nil }
            let rank = a.shape[0]
            let left = try TensorBuffer(Array(adapter.parameters[b.range]), backend: backend)
            let right = try TensorBuffer(Array(adapter.parameters[a.range]), backend: backend)
            let result = try TensorBuffer(count: b.shape[0] * a.shape[1], backend: backend)
            withExtendedLifetime((left, right, result)) {
                backend.multiply(
                    result.matrix(columns: a.shape[1]), left.matrix(columns: rank), right.matrix(columns: a.shape[1]),
                    rows: b.shape[0], columns: a.shape[1], inner: rank, alpha: adapter.configuration.scale,
                    accumulate: false)
            }
            return result.values()
        }
    }
}

extension LanguageModel {
    /// Saves a model all of whose parameters were trained, as a Hugging Face checkpoint like its base.
    ///
    /// - Parameters:
    ///   - parameters: in the order of ``parameters``.
    ///   - base: the folder that the model was loaded from; its other files are copied, number formats are kept.
    ///   - folder: must not exist, or be empty.
    public func save(parameters values: [Float], base: URL, to folder: URL) throws {
        let places = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0) })
        let changes = parameters.map {
            WeightChange(
                name: $0.name, rows: $0.shape[0], columns: $0.shape.count > 1 ? $0.shape[1] : nil,
                isTransposed: $0.isTransposed)
        }
        let family = configuration.family
        let writer = try CheckpointWriter(base: base, changes: changes) { ModelNames.aliases($0, family) }
        try writer.write(to: folder, progress: nil) { change in
            guard let place = places[change.name], place.range.upperBound <= values.count else { return .replace([]) }
            return .replace(Array(values[place.range]))
        }
    }
}
