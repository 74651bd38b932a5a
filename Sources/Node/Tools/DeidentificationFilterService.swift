public import ConsiliumCore
internal import Deidentification
public import Foundation
internal import Transport

/// `consilium-node deidentify`: the filter over files, usable without a node's folder.
public struct DeidentificationFilterService {
    public struct Outcome: Codable, Sendable {
        public var lines: Int
        public var clean: Int
        public var review: Int
        public var quarantine: Int
        /// How many lines could not be read.
        public var problemCount: Int
        /// The first of them, named without their content.
        public var problems: [String]

        public var text: String {
            "\(lines) texts: \(clean) clean, \(review) for review, \(quarantine) quarantined"
                + (problemCount == 0 ? "" : "; \(problemCount) lines could not be read")
        }
    }

    /// Longer lines are named and passed over, so that memory stays bounded: no note is that long.
    static let longestLine = 256 << 20

    private let deidentifier: Deidentifier
    private let threads: Int

    /// - Parameters:
    ///   - policy: a built-in policy's name, or the path of a YAML file.
    ///   - language: `auto` for the languages of the policy, or one language's code.
    ///   - seedKey: 64 hexadecimal digits; drawn at random if absent, and surrogates then differ from run to run.
    ///   - threads: how many lines are worked on at once. The output is the same with any number.
    /// - Throws: ``NodeError`` `.badInput` or `.configurationInvalid`.
    public init(
        policy: String, language: String = "auto", seedKey: String?, threads: Int = 1,
        random: any SecureRandom = SystemRandom()
    ) throws {
        try ThreadCount.check(threads)
        self.threads = threads
        var key = try random.bytes(32)
        if let seedKey {
            guard let given = Data(hexadecimal: seedKey), given.count >= 16 else {
                throw NodeError(.badInput, "--seed-key must have at least 32 hexadecimal digits (16 bytes), best 64.")
            }
            key = given
        }
        let policy = try DeidentificationPolicy.named(policy).reading(language)
        deidentifier = try Deidentifier(policy: policy, siteKey: key)
    }

    /// Streams line by line, so that memory does not grow with the file. A file appears whole or not at all.
    ///
    /// - Parameters:
    ///   - input: `nil` for standard input.
    ///   - output: `nil` for standard output, where the lines come as they are done.
    /// - Throws: ``NodeError`` `.badInput` if two of the files are the same one, also by another path or a link;
    ///   ``CoreError`` for what can't be read or written.
    public func run(input: URL?, output: URL?, known: URL?, progress: ProgressHandler) throws -> Outcome {
        try refuseSameFile(input: input, output: output, known: known)
        var filter = DeidentifyFilter(deidentifier)
        if let known { try LineReader(known).forEach { filter.addKnown(line: $0, number: $1) } }
        guard let output else {
            do {
                try stream(input, through: &filter, to: .standardOutput, progress: progress)
            } catch let error as CocoaError {
                throw CoreError(
                    .fileUnwritable,
                    "Can't write to standard output: its reader has gone, or its disk is full. Run the same command again.",
                    cause: error)
            }
            return outcome(of: filter.summary)
        }
        let part = output.appendingPathExtension("part")
        guard FileManager.default.createFile(atPath: part.path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: part.path)
        else {
            throw CoreError(.fileUnwritable, "Can't create \(part.path). Check the path and this user's rights.")
        }
        do {
            try stream(input, through: &filter, to: handle, progress: progress)
            try handle.synchronize()
            try handle.close()
            try DurableFile.move(part, to: output)
        } catch let error as CocoaError {
            try? FileManager.default.removeItem(at: part)
            throw CoreError(
                .diskFull, "Can't write \(output.path). Free some space and run the same command again.", cause: error)
        } catch {
            try? FileManager.default.removeItem(at: part)
            throw error
        }
        return outcome(of: filter.summary)
    }

    /// As many lines as the threads can work on, held together until they are done.
    private struct Batch {
        var lines: [(line: Data?, number: Int)] = []
        var bytes = 0
    }

    private func stream(
        _ input: URL?, through filter: inout DeidentifyFilter, to handle: FileHandle, progress: ProgressHandler
    ) throws {
        var batch = Batch()
        func flush() throws {
            let current = filter
            let outcomes = try OrderedWork.map(batch.lines, threads: threads) { entry in
                guard let line = entry.line else {
                    return DeidentifyFilter.overlong(number: entry.number, limit: Self.longestLine)
                }
                return current.outcome(of: line, number: entry.number)
            }
            var written = Data()
            for outcome in outcomes { if let line = filter.count(outcome) { written.append(line) } }
            if !written.isEmpty { try handle.write(contentsOf: written) }
            if let last = batch.lines.last {
                progress(
                    ProgressUpdate(
                        activity: "de-identify", completed: Double(last.number), total: nil, unit: "texts"))
            }
            batch = Batch()
        }
        func add(_ line: Data?, _ number: Int) throws {
            batch.lines.append((line, number))
            batch.bytes += line?.count ?? 0
            // From a pipe the lines come one by one, and whoever waits for the answer must get it.
            if input == nil && threads == 1 || batch.lines.count >= 128 * threads || batch.bytes >= 4 << 20 {
                try flush()
            }
        }
        try LineReader(input, longestLine: Self.longestLine).forEach({ try add($0, $1) }, tooLong: { try add(nil, $0) })
        try flush()
    }

    private func outcome(of summary: DeidentifyFilter.Summary) -> Outcome {
        Outcome(
            lines: summary.lines, clean: summary.statuses[.clean] ?? 0, review: summary.statuses[.review] ?? 0,
            quarantine: summary.statuses[.quarantine] ?? 0, problemCount: summary.errorCount,
            problems: summary.errors.map(\.description))
    }

    private func refuseSameFile(input: URL?, output: URL?, known: URL?) throws {
        if let input, let known, Self.isSame(known, input) {
            throw NodeError(
                .badInput, "--known and --input are the same file. Name the file of known identifiers for --known.")
        }
        guard let output else { return }
        let part = output.appendingPathExtension("part")
        if let input, Self.isSame(input, output) || Self.isSame(input, part) {
            throw NodeError(
                .badInput,
                "--input and --output are the same file, which would be lost. Name another file for --output.")
        }
        guard let known else { return }
        if Self.isSame(known, output) || Self.isSame(known, part) {
            throw NodeError(
                .badInput,
                "--known and --output are the same file, which would be lost. Name another file for --output.")
        }
    }

    /// The same path, or the same file on the disk by two paths.
    static func isSame(_ left: URL, _ right: URL) -> Bool {
        let left = left.standardizedFileURL.resolvingSymlinksInPath()
        let right = right.standardizedFileURL.resolvingSymlinksInPath()
        if left.path == right.path { return true }
        func identity(_ url: URL) -> [Int]? {
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.path),
                let device = attributes[.systemNumber] as? Int, let file = attributes[.systemFileNumber] as? Int
            else { return nil }
            return [device, file]
        }
        guard let one = identity(left), let other = identity(right) else { return false }
        return one == other
    }
}

extension DeidentificationPolicy {
    /// The same policy for texts of one language.
    /// - Parameter language: `auto` leaves the policy as it is.
    func reading(_ language: String) throws -> DeidentificationPolicy {
        if language == "auto" { return self }
        guard let one = NoteLanguage(rawValue: language) else {
            let names = NoteLanguage.allCases.map(\.rawValue).joined(separator: ", ")
            throw NodeError(.badInput, "--language must be auto or one of: \(names).")
        }
        var policy = self
        policy.languages = [one]
        return policy
    }

    /// A built-in policy by name, or a site's own by path.
    static func named(_ name: String) throws -> DeidentificationPolicy {
        if let policy = builtIn[name] { return policy }
        let file = URL(fileURLWithPath: name)
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw NodeError(
                .configurationInvalid,
                "The policy “\(name)” is neither a file nor one of: \(builtIn.keys.sorted().joined(separator: ", ")).")
        }
        do {
            let policy: DeidentificationPolicy = try StrictYAML.decode(
                contentsOf: file, over: safeHarbor, required: ["name", "version"])
            try policy.validateAsOwn()
            return policy
        } catch let error as DeidentificationError {
            throw NodeError(.configurationInvalid, error.message)
        } catch let error as any ConsiliumError where error.category == .badData {
            throw NodeError(.configurationInvalid, "The policy can't be used: \(error.message)")
        }
    }
}
