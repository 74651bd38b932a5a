internal import ConsiliumCore
public import Foundation

/// What is known about the quality of a model: a small file beside its adapter, or in its own folder without one.
///
/// `consilium-node evaluate` writes it, the clinician's page and the model's card show it. It holds aggregates alone.
public struct EvaluationRecord: Sendable, Equatable {
    /// The file's name, here and nowhere else.
    public static let fileName = "evaluation.json"

    public struct Figure: Sendable, Equatable {
        public var name: String
        public var value: String
    }

    /// Names and values of the judged model, by name; at most twelve.
    public var figures: [Figure]

    /// - Parameter folder: of the adapter, or of a model without one.
    /// - Returns: `nil` if there is no file that can be read.
    public init?(folder: URL) {
        guard let data = try? DurableFile.read(folder.appendingPathComponent(Self.fileName), limit: 1 << 20),
            let values = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
        else { return nil }
        // Lists and objects are left to whoever reads the file itself.
        let shown = values.sorted { $0.key < $1.key }.compactMap { name, value -> Figure? in
            switch value {
            case let text as String where text.count <= 80: Figure(name: name, value: text)
            case let number as NSNumber: Figure(name: name, value: String(format: "%.6g", number.doubleValue))
            default: nil
            }
        }
        guard !shown.isEmpty else { return nil }
        figures = Array(shown.prefix(12))
    }

    /// Writes what was found, as `--json` prints it, and on which file and day.
    ///
    /// - Parameter folder: of the judged adapter, or of the model.
    /// - Throws: a `CoreError` of the disk.
    public static func write(_ outcome: some Encodable, data: URL, date: Date, to folder: URL) throws {
        var object = try JSONSerialization.jsonObject(with: CanonicalJSON.encode(outcome)) as? [String: Any] ?? [:]
        object["data"] = data.lastPathComponent
        object["date"] = String(date.formatted(.iso8601).prefix(10))
        let bytes = try JSONSerialization.data(withJSONObject: object, options: [.prettyPrinted, .sortedKeys])
        try DurableFile.write(bytes, to: folder.appendingPathComponent(fileName), permissions: 0o644)
    }
}
