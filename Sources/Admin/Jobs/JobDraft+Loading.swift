internal import ConsiliumCore
public import Foundation
internal import Transport
internal import Yams

extension JobDraft {
    /// - Parameter name: how messages call the text.
    /// - Throws: `TransportError` `.invalidConfiguration`, naming the line and for an unknown key the nearest known one.
    public init(yaml text: String, name: String) throws {
        let keys = (try? Yams.compose(yaml: text))??.mapping
        let privacy = keys?["privacy"]
        if Self.isMapping(text), privacy == nil {
            throw AdminError(
                .invalidDraft,
                "\(name): “privacy” is missing. Give epsilon, delta, clipNorm and expectedPatients, or write “privacy: none” for a "
                    + "job without a privacy guarantee.")
        }
        self = try StrictYAML.decode(
            JobDraft.self,
            schema: Self.schema(
                privacyIsWord: privacy?.scalar != nil,
                serverOptimizerIsWord: keys?["aggregation"]?.mapping?["serverOptimizer"]?.scalar != nil), from: text,
            name: name)
    }

    public init(file: URL) throws {
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw AdminError(
                .fileMissing, "There is no file \(file.path). Name a job draft, such as coordinator/jobs/demo.yaml.")
        }
        let data = try DurableFile.read(file, limit: 1 << 20)
        guard let text = String(data: data, encoding: .utf8) else {
            throw AdminError(.invalidDraft, "\(file.path): the file is not UTF-8 text.")
        }
        try self.init(yaml: text, name: file.path)
    }

    private static func isMapping(_ text: String) -> Bool { (try? Yams.compose(yaml: text))??.mapping != nil }

    static func schema(privacyIsWord: Bool, serverOptimizerIsWord: Bool) -> YAMLSchema {
        func values(_ names: String...) -> YAMLSchema {
            .mapping(Dictionary(uniqueKeysWithValues: names.map { ($0, .value) }))
        }
        let optimizer = values(
            "learningRate", "beta1", "beta2", "epsilon", "weightDecay", "warmupSteps", "finalFraction")
        return .mapping([
            "id": .value, "title": .value, "purpose": .value, "clinics": .value, "rounds": .value,
            "roundDeadlineSeconds": .value, "validDays": .value, "egress": .value,
            "baseModel": values("name", "path"), "initialAdapter": values("path"),
            "recipe": .mapping([
                "objective": .value, "rank": .value, "alpha": .value, "targets": .value, "localSteps": .value,
                "batchSequences": .value, "sequenceLength": .value, "optimizer": optimizer, "gradientClipNorm": .value,
                "proximal": .value, "seed": .value,
            ]),
            "privacy": privacyIsWord ? .value : values("epsilon", "delta", "clipNorm", "expectedPatients"),
            "evaluation": .mapping([
                "everyRounds": .value,
                "tasks": .list(
                    values(
                        "name", "task", "file", "prompt", "shots", "templates", "maximumTokens", "labels",
                        "instruction", "maximumItems")),
            ]),
            "clinicPrivacy": values("epsilon", "delta", "noiseMultiplier", "honestClinics"),
            "aggregation": .mapping([
                "rule": .value, "secureAggregation": .value, "updateClipNorm": .value, "minimumClinics": .value,
                "serverOptimizer": serverOptimizerIsWord
                    ? .value : values("method", "learningRate", "beta1", "beta2", "tau"),
                "weights": .named(.value), "ranks": .named(.value),
            ]),
        ])
    }
}
