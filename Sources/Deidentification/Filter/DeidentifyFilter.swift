internal import ConsiliumCore
public import Foundation

/// The filter behind `consilium-node deidentify`: one JSON object a line in, one a line out.
///
/// Input `{"id","text"}` and optionally `"patient"`; known identifiers `{"id","known":[{"value","label"}]}`; output
/// `{"id","spans":[{"start","end","label","score"}],"text","status"}`, with `"reasons"` if the status is not clean.
/// A malformed line gives no output line: it is named, and the rest goes on. Where a line of known identifiers can't be read
/// wholly, what can be read is looked for, and the texts of its id are quarantined.
///
/// ```swift
/// filter.addKnown(line: known, number: 1)
/// let outcome = filter.outcome(of: line, number: 1)  // from any thread
/// filter.count(outcome)
/// ```
public struct DeidentifyFilter: Sendable {
    /// What happened to a whole file.
    public struct Summary: Sendable, Equatable {
        /// How many lines were de-identified.
        public var lines = 0
        /// Output lines by status.
        public var statuses: [DeidentificationStatus: Int] = [:]
        /// How many lines could not be read.
        public var errorCount = 0
        /// One error for each line that could not be read, in their order; at most ``errorLimit``.
        public var errors: [DeidentificationError] = []
        /// 0, or 65 if a line was malformed.
        public var exitCode: Int32 { errorCount == 0 ? 0 : ErrorCategory.badData.exitCode }

        /// How many errors are kept, so that a file of another kind doesn't fill the memory.
        public static let errorLimit = 1000

        mutating func add(_ error: DeidentificationError) {
            errorCount += 1
            if errors.count < Self.errorLimit { errors.append(error) }
        }
    }

    /// What came of one line.
    public enum Outcome: Sendable {
        case blank
        /// The output line with its line feed.
        case line(Data, DeidentificationStatus)
        case malformed(DeidentificationError)
    }

    private struct Input: Decodable {
        var id: String
        var text: String
        var patient: String?
    }

    private struct Known: Decodable {
        var id: String
        var known: [KnownIdentifier]
    }

    /// As much of a line as can be read.
    private struct PartlyKnown: Decodable {
        struct Entry: Decodable {
            var identifier: KnownIdentifier?

            private enum CodingKeys: String, CodingKey { case value, label }

            init(from decoder: any Decoder) throws {
                if let text = try? decoder.singleValueContainer().decode(String.self) {
                    identifier = KnownIdentifier(value: text, label: .other)
                    return
                }
                guard let members = try? decoder.container(keyedBy: CodingKeys.self) else { return }
                let number = (try? members.decode(Int.self, forKey: .value)).map { "\($0)" }
                guard let value = (try? members.decode(String.self, forKey: .value)) ?? number else { return }
                let label = try? members.decode(IdentifierLabel.self, forKey: .label)
                identifier = KnownIdentifier(value: value, label: label ?? .other)
            }
        }

        var id: String
        var known: [KnownIdentifier]

        private enum CodingKeys: String, CodingKey { case id, known }

        init(from decoder: any Decoder) throws {
            let members = try decoder.container(keyedBy: CodingKeys.self)
            id = try members.decode(String.self, forKey: .id)
            known = ((try? members.decode([Entry].self, forKey: .known)) ?? []).compactMap(\.identifier)
        }
    }

    private let deidentifier: Deidentifier
    private var known: [String: [KnownIdentifier]] = [:]
    /// The ids of lines of known identifiers that could not be read wholly.
    private var partlyKnown: Set<String> = []
    /// So far.
    public private(set) var summary = Summary()

    public init(_ deidentifier: Deidentifier) { self.deidentifier = deidentifier }

    /// Takes one line of the file of known identifiers. Several lines for one id add up.
    public mutating func addKnown(line: Data, number: Int) {
        guard !Self.isBlank(line) else { return }
        if let (id, values) = JSONLineScanner.known(in: line) {
            known[id, default: []] += values
            return
        }
        do {
            let entry = try CanonicalJSON.decode(Known.self, from: line)
            known[entry.id, default: []] += entry.known
        } catch {
            summary.add(Self.malformed("known identifiers", number, error))
            guard let entry = try? CanonicalJSON.decode(PartlyKnown.self, from: line) else { return }
            known[entry.id, default: []] += entry.known
            partlyKnown.insert(entry.id)
        }
    }

    /// De-identifies one input line. Nothing is counted, so that several threads may work on one filter.
    public func outcome(of line: Data, number: Int) -> Outcome {
        guard !Self.isBlank(line) else { return .blank }
        do {
            let input = try Self.input(line)
            let result = try deidentifier.deidentify(
                text: input.text, known: known[input.id] ?? [], patient: input.patient)
            var output = FilterOutputLine(id: input.id, result: result)
            if partlyKnown.contains(input.id) {
                output.status = .quarantine
                output.reasons.append("A line of its known identifiers could not be read.")
            }
            return .line(output.data, output.status)
        } catch {
            return .malformed(Self.malformed("input", number, error))
        }
    }

    /// Names a line of the input that can't even be held in memory.
    public static func overlong(number: Int, limit: Int) -> Outcome {
        .malformed(
            malformed(
                "input", number,
                DeidentificationError(
                    .malformedLine, "It is longer than \(limit >> 20) MiB. Is this a JSON Lines file?")))
    }

    /// Counts an outcome and gives its output line, if there is one. Call it in the order of the lines.
    @discardableResult
    public mutating func count(_ outcome: Outcome) -> Data? {
        switch outcome {
        case .blank: return nil
        case .line(let data, let status):
            summary.lines += 1
            summary.statuses[status, default: 0] += 1
            return data
        case .malformed(let error):
            summary.add(error)
            return nil
        }
    }

    /// De-identifies and counts one input line.
    /// - Returns: the output line with its line feed, or `nil` if the input line was blank or malformed; `summary` then
    ///   names it.
    public mutating func process(line: Data, number: Int) -> Data? { count(outcome(of: line, number: number)) }

    /// Whole files at once.
    public mutating func process(known: Data?, input: Data, write: (Data) throws -> Void) rethrows {
        for (index, line) in (known ?? Data()).split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
            addKnown(line: line, number: index + 1)
        }
        for (index, line) in input.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
            if let output = process(line: line, number: index + 1) { try write(output) }
        }
    }

    private static func input(_ line: Data) throws -> Input {
        if let members = JSONLineScanner.strings(in: line), let id = members["id"], let text = members["text"] {
            return Input(id: id, text: text, patient: members["patient"])
        }
        guard String(validating: line, as: UTF8.self) != nil else {
            throw DeidentificationError(.malformedLine, "It is not UTF-8.")
        }
        return try CanonicalJSON.decode(Input.self, from: line)
    }

    private static func isBlank(_ line: Data) -> Bool { line.allSatisfy { $0 == 0x20 || $0 == 0x0d || $0 == 0x09 } }

    private static func malformed(_ file: String, _ number: Int, _ error: any Error) -> DeidentificationError {
        DeidentificationError(
            .malformedLine, "Line \(number) of the \(file) can't be read. Mend it and run the command again for it.",
            cause: error)
    }
}
