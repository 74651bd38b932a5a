/// Which findings a text affirms and which it denies, after the rules of NegEx (Chapman et al. 2001): a cue denies what follows
/// it, or what stands before it, up to the end of the clause.
///
/// Findings are single words, compared by their stems. A rule can't read: irony, hypotheses and what was true in the past are
/// not told apart.
struct NegationScanner: Sendable {
    struct Findings: Sendable, Equatable {
        var affirmed: Set<String> = []
        var denied: Set<String> = []
    }

    /// How many words a cue reaches.
    private static let reach = 8

    private static let forward: Set<String> = [
        "no", "not", "without", "denies", "denied", "denying", "never", "nor", "neither", "absence", "free", "negative",
        "sin", "niega", "negaba", "ausencia", "nunca", "tampoco", "ni",
    ]
    private static let backward: Set<String> = [
        "absent", "negative", "excluded", "unlikely", "ausente", "ausentes", "negativo", "negativa", "descartado",
        "descartada",
    ]
    private static let ends: Set<String> = [
        "but", "however", "although", "though", "except", "aside", "apart", "because", "yet", "which", "has", "have",
        "had", "shows", "showed", "reports", "reported", "presents", "presented", "remains", "remained", "pero",
        "aunque", "salvo", "excepto", "presenta", "refiere",
    ]
    /// What stands beside findings and is none.
    private static let others: Set<String> = [
        "acute", "chronic", "significant", "evidence", "signs", "sign", "definite", "suspicious", "obvious", "gross",
        "further", "prior", "left", "right", "bilateral", "known", "history", "patient", "seen", "noted", "identified",
        "present", "mild", "moderate", "severe", "small", "large", "focal", "any", "with", "this", "that", "there",
        "from", "were", "been", "will", "would", "these", "those", "other", "also", "than", "then", "into", "over",
        "under", "both", "each", "such", "some", "most", "more", "less", "very", "when", "while", "during", "after",
        "before", "since", "change", "changes", "changed", "unchanged", "longer", "otherwise", "likely", "possible",
        "evidencia", "signos", "paciente", "derecho", "izquierdo", "aguda", "agudo", "para", "como", "este", "esta",
    ]

    private let stemmer = PorterStemmer()

    func findings(in text: String) -> Findings {
        var findings = Findings()
        for clause in Self.clauses(text) { add(clause, to: &findings) }
        return findings
    }

    private func add(_ clause: [String], to findings: inout Findings) {
        var isDenied = [Bool](repeating: false, count: clause.count)
        for (index, word) in clause.enumerated() {
            if Self.forward.contains(word) {
                for place in (index + 1)..<max(index + 1, min(index + 1 + Self.reach, clause.count)) {
                    isDenied[place] = true
                }
            }
            let isPassive = word == "not" && index + 1 < clause.count && Self.isReport(clause[index + 1])
            if isPassive || Self.backward.contains(word)
                || (word == "ruled" && clause.dropFirst(index + 1).first == "out")
            {
                for place in max(0, index - Self.reach)..<index { isDenied[place] = true }
            }
        }
        for (word, isDenied) in zip(clause, isDenied) where isFinding(word) {
            let stem = word.utf8.allSatisfy { $0 < 0x80 } ? stemmer.stem(word) : word
            if isDenied { findings.denied.insert(stem) } else { findings.affirmed.insert(stem) }
        }
    }

    /// “not seen”, “not identified”: the finding stands before it.
    private static func isReport(_ word: String) -> Bool {
        ["seen", "identified", "present", "visualized", "demonstrated", "noted", "found", "detected"].contains(word)
    }

    private func isFinding(_ word: String) -> Bool {
        word.unicodeScalars.count >= 4 && !Self.others.contains(word) && !Self.forward.contains(word)
            && !Self.backward.contains(word) && !Self.ends.contains(word)
    }

    /// Lower-case words of each clause. A full stop inside a number ends nothing.
    private static func clauses(_ text: String) -> [[String]] {
        var clauses: [[String]] = []
        var clause: [String] = []
        var word = String.UnicodeScalarView()
        func closeWord() {
            guard !word.isEmpty else { return }
            let text = String(word).lowercased()
            word = String.UnicodeScalarView()
            if ends.contains(text) { closeClause() }
            clause.append(text)
        }
        func closeClause() {
            if !clause.isEmpty { clauses.append(clause) }
            clause = []
        }
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            if scalar.properties.isAlphabetic || scalar.properties.canonicalCombiningClass != .notReordered {
                word.append(scalar)
                continue
            }
            closeWord()
            let isInNumber = index + 1 < scalars.count && scalars[index + 1].properties.numericType != nil
            if ".;:!?\n".unicodeScalars.contains(scalar), !isInNumber || scalar == "\n" { closeClause() }
        }
        closeWord()
        closeClause()
        return clauses
    }
}
