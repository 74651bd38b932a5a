internal import ConsiliumCore
internal import Foundation
internal import LanguageModels

/// What the page says about the model: what it is made of, and how it did when it was last measured.
struct ModelNotice: Sendable {
    var base: String
    var adapter: String?
    var parameters: Int
    var maximumLength: Int
    /// Names and values of `evaluation.json` beside the adapter, or the model without one; `nil` where there is none.
    var evaluation: [(name: String, value: String)]?

    init(_ assistant: AssistantModel) {
        base = assistant.baseName
        adapter = assistant.adapterName
        parameters = assistant.model.configuration.parameterCount
        maximumLength = assistant.maximumLength
        evaluation = Self.evaluation(assistant.folder.appendingPathComponent("evaluation.json"))
    }

    /// The figures at the top of the file, whatever they are called; lists and objects are left to the report itself.
    private static func evaluation(_ file: URL) -> [(name: String, value: String)]? {
        guard let data = try? DurableFile.read(file, limit: 1 << 20),
            let values = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
        else { return nil }
        let shown = values.sorted { $0.key < $1.key }.compactMap { name, value -> (name: String, value: String)? in
            switch value {
            case let text as String where text.count <= 80: (name, text)
            case let number as NSNumber: (name, String(format: "%.6g", number.doubleValue))
            default: nil
            }
        }
        return shown.isEmpty ? nil : Array(shown.prefix(12))
    }
}
