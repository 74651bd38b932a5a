import Foundation

/// What must never be found outside a clinic's own sources: from the truth file of “sample-reports”.
struct Secrets {
    let identifiers: [String]
    let sentences: [String]

    private struct Line: Decodable {
        struct Span: Decodable {
            var start: Int
            var end: Int
            var label: String
        }

        var text: String
        var spans: [Span]
    }

    /// Kinds whose values are long and rare enough to be found by chance nowhere.
    private static let kinds: Set<String> = ["NAME", "MRN", "SSN", "PHONE", "EMAIL", "LOCATION", "PROVIDER"]

    init(_ truth: URL) throws {
        var identifiers: Set<String> = []
        var sentences: Set<String> = []
        for row in try Data(contentsOf: truth).split(separator: 10) {
            let line = try JSONDecoder().decode(Line.self, from: Data(row))
            let scalars = Array(line.text.unicodeScalars)
            for span in line.spans where Self.kinds.contains(span.label) {
                let value = String(String.UnicodeScalarView(scalars[span.start..<span.end]))
                if value.utf8.count >= 7 { identifiers.insert(value) }
            }
            let found = line.text.components(separatedBy: CharacterSet(charactersIn: "\n.;"))
                .map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.utf8.count >= 40 }
            // The end of the report, not its letterhead.
            sentences.formUnion(found.suffix(3))
        }
        self.identifiers = Array(identifiers)
        self.sentences = Array(sentences)
    }

    /// Looks at the raw bytes of everything below `places`.
    /// - Returns: the paths of the files that hold any of the needles.
    static func search(_ needles: [String], in places: [URL], listFile: URL) throws -> [String] {
        try Data((needles.joined(separator: "\n") + "\n").utf8).write(to: listFile)
        let process = Process()
        let answer = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["LC_ALL=C", "grep", "-raFl", "-f", listFile.path, "--"] + places.map(\.path)
        process.standardOutput = answer
        try process.run()
        let found = answer.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        // 1: nothing found.
        guard process.terminationStatus < 2 else { throw CocoaError(.fileReadUnknown) }
        return String(decoding: found, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
