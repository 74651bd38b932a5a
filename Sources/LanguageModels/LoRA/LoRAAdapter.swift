public import ConsiliumCore
internal import Foundation
public import Tensors

/// The trainable low-rank matrices of a model: a value, copied like an array.
public struct LoRAAdapter: Sendable, Equatable {
    public let configuration: LoRAConfiguration
    let model: ModelConfiguration
    /// Sorted by name; the same for everybody with this configuration and base model.
    public let layout: [AdapterTensor]
    /// All tensors in the order of ``layout``, row-major.
    public private(set) var parameters: [Float]

    /// A fresh adapter that changes nothing: A uniform in ±1/sqrt(input) as in PEFT (Kaiming with a = sqrt 5), B zero.
    /// A classifier that is trained along starts like A.
    /// The same seed gives the same adapter everywhere.
    public init(configuration: LoRAConfiguration, for model: ModelConfiguration, seed: UInt64) throws {
        let layout = try AdapterTensor.layout(configuration, for: model)
        var parameters: [Float] = []
        for tensor in layout {
            // A generator for every tensor: its numbers don't depend on which other layers are targets.
            guard tensor.kind != .b, tensor.shape.count == 2 else {
                parameters += [Float](repeating: 0, count: tensor.count)
                continue
            }
            var generator = ReproducibleGenerator(seed: seed, label: tensor.name)
            let bound = 1 / Double(tensor.shape[1]).squareRoot()
            for _ in 0..<tensor.count { parameters.append(Float((generator.unit() * 2 - 1) * bound)) }
        }
        self.configuration = configuration
        self.model = model
        self.layout = layout
        self.parameters = parameters
    }

    /// - Throws: ``LanguageModelsError`` `.adapterMismatch` if `parameters` has another count than the layout, or
    ///   `.numericalFault` if it has NaN or infinity.
    public init(configuration: LoRAConfiguration, for model: ModelConfiguration, parameters: [Float]) throws {
        self.configuration = configuration
        self.model = model
        layout = try AdapterTensor.layout(configuration, for: model)
        self.parameters = []
        self.parameters = try checked(parameters)
    }

    /// Replaces all parameters; the errors are those of ``init(configuration:for:parameters:)``.
    public mutating func setParameters(_ values: [Float]) throws { parameters = try checked(values) }

    private func checked(_ values: [Float]) throws -> [Float] {
        guard values.count == parameterCount else {
            throw LanguageModelsError(
                .adapterMismatch,
                "The adapter has \(parameterCount) parameters, but \(values.count) were given. They belong to another adapter."
            )
        }
        guard values.withUnsafeBufferPointer({ VectorOperations.norm($0) }).isFinite else {
            throw LanguageModelsError(.numericalFault, "The adapter's new parameters contain NaN or infinite numbers.")
        }
        return values
    }

    public var parameterCount: Int { layout.last?.range.upperBound ?? 0 }

    /// Name and values of every tensor, in the order of ``layout``.
    public var tensors: [NamedTensor] {
        layout.map { NamedTensor(name: $0.name, shape: $0.shape, values: Array(parameters[$0.range])) }
    }

    /// SHA-256 over one line a tensor, `<name> <rows> <columns>\n` (a vector has no columns). Equal hashes mean that flat vectors may be added; it
    /// says nothing about alpha, which belongs to the job.
    public var layoutHash: ContentHash {
        let lines = layout.map { "\($0.name) \($0.shape.map(String.init).joined(separator: " "))\n" }
        return ContentHash(of: Data(lines.joined().utf8))
    }
}
