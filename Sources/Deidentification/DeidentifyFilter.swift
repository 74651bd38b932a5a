internal import ConsiliumCore
public import Foundation

/// The filter behind `consilium-node deidentify`: one JSON object a line in, one a line out.
///
/// Input `{"id","text"}` and optionally `"patient"`; known identifiers `{"id","known":[{"value","label"}]}`; output
/// `{"id","spans":[{"start","end","label","score"}],"text","status"}`, with `"reasons"` if the status is not clean.
/// A malformed line gives no output line: it is named, and the rest goes on.
public struct DeidentifyFilter: Sendable {
    /// What happened to a whole file.
    public struct Summary: Sendable, Equatable {
        /// How many lines were de-identified.
        public var lines = 0
        /// Output lines by status.
        public var statuses: [DeidentificationStatus: Int] = [:]
        /// One error for each line that could not be read, in their order.
        public var errors: [DeidentificationError] = []
        /// 0, or 65 if a line was malformed.
        public var exitCode: Int32 { errors.isEmpty ? 0 : ErrorCategory.badData.exitCode }
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

    private struct Output: Encodable {
        var id: String
        var spans: [IdentifierSpan]
        var text: String
        var status: DeidentificationStatus
        var reasons: [String]?
    }

    private let deidentifier: Deidentifier
    private var known: [String: [KnownIdentifier]] = [:]
    /// So far.
    public private(set) var summary = Summary()

    public init(_ deidentifier: Deidentifier) { self.deidentifier = deidentifier }

    /// Takes one line of the file of known identifiers. Several lines for one id add up.
    public mutating func addKnown(line: Data, number: Int) {
        guard !Self.isBlank(line) else { return }
        do {
            let entry = try CanonicalJSON.decode(Known.self, from: line)
            known[entry.id, default: []] += entry.known
        } catch {
            summary.errors.append(malformed("known identifiers", number, error))
        }
    }

    /// De-identifies one input line.
    /// - Returns: the output line with its line feed, or `nil` if the input line was blank or malformed; `summary` then
    ///   names it.
    public mutating func process(line: Data, number: Int) -> Data? {
        guard !Self.isBlank(line) else { return nil }
        do {
            guard String(validating: line, as: UTF8.self) != nil else {
                throw DeidentificationError(.malformedLine, "It is not UTF-8.")
            }
            let input = try CanonicalJSON.decode(Input.self, from: line)
            let result = try deidentifier.deidentify(
                text: input.text, known: known[input.id] ?? [], patient: input.patient)
            let output = Output(
                id: input.id, spans: result.spans, text: result.text, status: result.status,
                reasons: result.reasons.isEmpty ? nil : result.reasons)
            let data = try CanonicalJSON.encode(output) + Data([0x0a])
            summary.lines += 1
            summary.statuses[result.status, default: 0] += 1
            return data
        } catch {
            summary.errors.append(malformed("input", number, error))
            return nil
        }
    }

    /// Whole files at once.
    public mutating func process(known: Data?, input: Data, write: (Data) throws -> Void) rethrows {
        for (index, line) in (known ?? Data()).split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
            addKnown(line: line, number: index + 1)
        }
        for (index, line) in input.split(separator: 0x0a, omittingEmptySubsequences: false).enumerated() {
            if let output = process(line: line, number: index + 1) { try write(output) }
        }
    }

    private static func isBlank(_ line: Data) -> Bool { line.allSatisfy { $0 == 0x20 || $0 == 0x0d || $0 == 0x09 } }

    private func malformed(_ file: String, _ number: Int, _ error: any Error) -> DeidentificationError {
        DeidentificationError(
            .malformedLine, "Line \(number) of the \(file) can't be read. Mend it and run the command again for it.",
            cause: error)
    }
}
