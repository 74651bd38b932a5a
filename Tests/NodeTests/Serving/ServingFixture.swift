import ConsiliumTesting
import Foundation
import LanguageModels

@testable import Node

/// The demo's base model with a plain chat template, and what serves it.
struct ServingFixture {
    let folder: TemporaryFolder
    let assistant: AssistantModel

    /// - Parameter template: `nil` for the model as it is.
    init(template: String? = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant: ") throws {
        folder = try TemporaryFolder()
        let model = folder.path("demo")
        try FileManager.default.copyItem(at: NodeFixture.demoBase, to: model)
        if let template {
            try Data(template.utf8).write(to: model.appendingPathComponent("chat_template.jinja"))
        }
        assistant = try AssistantModel.load(model: model, adapter: nil)
    }

    func scheduler(_ change: (inout GenerationScheduler.Limits) -> Void = { _ in }) throws -> GenerationScheduler {
        var limits = GenerationScheduler.Limits()
        change(&limits)
        return try GenerationScheduler(assistant, limits: limits)
    }

    func order(_ text: String, tokens: Int = 16, endless: Bool = true) throws -> GenerationOrder {
        var sampling = SamplingSettings(maximumTokens: tokens)
        // Such a small model ends a text early.
        if endless { sampling.stopTokens = [] }
        return GenerationOrder(prompt: try assistant.prompt(text), sampling: sampling)
    }
}
