import Foundation

/// `consilium-admin audit --json`, as far as tests look at it.
struct Audit: Decodable {
    struct Ledger: Decodable {
        struct Violation: Decodable { var code: String }

        struct Budget: Decodable {
            struct Job: Decodable {
                var job: String
                var committed: Int
                var aborted: Int
                var open: Int
            }

            var charged: Double
            var left: Double
            var jobs: [Job]
        }

        var clinic: String
        var rows: Int
        var budget: Budget?
        var violations: [Violation]
    }

    var ledgers: [Ledger]
    var isClean: Bool
}

/// `consilium-node jobs result --json`.
struct JobFigures: Decodable {
    struct Report: Decodable {
        struct Score: Decodable { var bitsPerByte: Double }

        var heldOutBytes: Int
        var heldOutReports: Int
        var base: Score
        var federated: Score
    }

    var report: Report
    var epsilonSpent: Double
    var epsilonCap: Double
}

/// `consilium-node run --json`.
struct RunOutcome: Decodable {
    struct Job: Decodable {
        var id: String
        var state: String
        var rounds: [Int]
        var note: String
    }

    var jobs: [Job]
    var failed: Bool
}

/// What must never be found outside a clinic's own sources: from the truth file of “sample-reports”.
struct Secrets {
    var identifiers: Set<String> = []
    var sentences: Set<String> = []

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
        for row in try Data(contentsOf: truth).split(separator: 10) {
            let line = try JSONDecoder().decode(Line.self, from: Data(row))
            let scalars = Array(line.text.unicodeScalars)
            for span in line.spans where Self.kinds.contains(span.label) {
                let value = String(String.UnicodeScalarView(scalars[span.start..<span.end]))
                if value.utf8.count >= 7 { identifiers.insert(value) }
            }
            let sentences = line.text.components(separatedBy: CharacterSet(charactersIn: "\n.;"))
                .map { $0.trimmingCharacters(in: .whitespaces) }.filter { $0.utf8.count >= 40 }
            // The first of the findings, not the letterhead.
            self.sentences.formUnion(sentences.suffix(3))
        }
    }

    static func find(_ needles: Set<String>, in file: URL) throws -> [String] {
        let data = try Data(contentsOf: file)
        return needles.filter { data.range(of: Data($0.utf8)) != nil }
    }
}
