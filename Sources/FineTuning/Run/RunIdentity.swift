internal import ConsiliumCore
internal import Foundation
internal import LanguageModels
internal import Privacy

/// What a checkpoint must agree with, as short texts: equal texts mean that the run would go on exactly.
enum RunIdentity {
    static func hash(of adapter: LoRAAdapter) throws -> String {
        let hasher = ContentHasher()
        hasher.update(try CanonicalJSON.encode(adapter.configuration))
        hasher.update(adapter.layoutHash.bytes)
        adapter.parameters.withUnsafeBytes { hasher.update(bytes: $0) }
        return hasher.finalize().hex
    }

    static func hash(of sequences: [TrainingSequence]) -> String {
        let hasher = ContentHasher()
        for sequence in sequences {
            let sizes = [sequence.inputIDs.count, sequence.labels.count, sequence.patient?.utf8.count ?? -1]
            sizes.withUnsafeBytes { hasher.update(bytes: $0) }
            sequence.inputIDs.withUnsafeBytes { hasher.update(bytes: $0) }
            sequence.labels.withUnsafeBytes { hasher.update(bytes: $0) }
            hasher.update(Data((sequence.patient ?? "").utf8))
        }
        return hasher.finalize().hex
    }

    /// The settings that decide the bits of the result.
    static func settings(of run: TrainingRun, sequences: [TrainingSequence]) throws -> [String: String] {
        func json(_ value: some Encodable) throws -> String {
            String(decoding: try CanonicalJSON.encode(value), as: UTF8.self)
        }
        var settings = [
            "data": hash(of: sequences), "optimizer": try json(run.optimizer), "length": "\(run.length)",
            "batch size": "\(run.batchTokens)", "accumulation": "\(run.accumulation)", "shuffling": "\(run.shuffles)",
            "seed": "\(run.seed)", "number of threads": "\(run.threads)", "choice of factors": run.trainable.rawValue,
        ]
        settings["learning-rate schedule"] = try run.schedule.map(json)
        settings["gradient clip norm"] = run.clipNorm.map { "\($0)" }
        settings["privacy"] = run.privacy.map {
            "\($0.mechanism.clipNorm) \($0.mechanism.noiseMultiplier) \($0.samplingRate)"
        }
        settings["validation"] = run.validation.map {
            "\(hash(of: $0.sequences)) \($0.every) \($0.patience ?? 0)"
        }
        return settings
    }
}
