/// A place in a file that gave no report, and why. It never holds anything of the record's content.
public struct ImportRejection: Sendable, Hashable, Codable {
    public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        case undecodable
        case binary
        case empty
        case tooLong
        case tooDeep
        case malformed
        case missingColumn
        case columnCount
        case missingText
        case unsupportedMessage
        case unsupportedContent
        case externalContent
        case noReport
        /// A program that reads this format is not installed.
        case toolMissing
        case encrypted
        /// It would take more time or memory than any genuine document.
        case tooExpensive
        case unreadableFile
        /// A private or symmetric key.
        case keyMaterial
        /// A file or folder of a node.
        case nodeFile
        /// A name that begins with a full stop.
        case hidden
        case link
        /// A device, a socket or the like.
        case special
    }

    public var file: String
    public var locator: String
    public var reason: Reason
    /// What is wrong and what to do, for a person.
    public var sentence: String

    public init(file: String, locator: String, reason: Reason, sentence: String) {
        self.file = file
        self.locator = locator
        self.reason = reason
        self.sentence = sentence
    }
}

extension SourceFile {
    func rejection(_ locator: String, _ reason: ImportRejection.Reason, _ sentence: String) -> ReadOutcome {
        .rejected(ImportRejection(file: name, locator: locator, reason: reason, sentence: sentence))
    }

    func tooLong(_ locator: String) -> ReadOutcome {
        rejection(
            locator, .tooLong,
            "This record is longer than \(ReadLimit.recordBytes >> 20) MiB. Check that the file has line breaks between its records."
        )
    }

    func undecodable(_ locator: String, _ error: any Error) -> ReadOutcome {
        let detail = (error as? TextDecoding.Failure)?.sentence ?? "The text can't be decoded."
        return rejection(locator, .undecodable, detail)
    }
}
