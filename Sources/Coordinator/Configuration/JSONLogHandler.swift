public import Foundation
public import Logging

/// Writes each entry as one JSON object in one line: `time`, `level`, `message`, `logger`, and the metadata under their names.
///
/// A metadata key that is one of those four gets an underscore in front. Values are text.
public struct JSONLogHandler: LogHandler {
    public var logLevel = Logger.Level.info
    public var metadata: Logger.Metadata = [:]
    private let label: String
    private let write: @Sendable (Data) -> Void

    /// - Parameter write: gets a whole line with its line feed, from any thread.
    public init(
        label: String, write: @escaping @Sendable (Data) -> Void = { FileHandle.standardError.write($0) }
    ) {
        self.label = label
        self.write = write
    }

    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    public func log(event: LogEvent) {
        let own = [
            "time": Date().ISO8601Format(.init(includingFractionalSeconds: true)),
            "level": event.level.rawValue,
            "message": "\(event.message)", "logger": label,
        ]
        var line = own
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }) {
            line[own[key] == nil ? key : "_\(key)"] = "\(value)"
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(line) else { return }
        write(data + Data("\n".utf8))
    }
}
