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
        /// Lines that could not be read, named without their content.
        public var problems: [String]

        public var text: String {
            "\(lines) texts: \(clean) clean, \(review) for review, \(quarantine) quarantined"
                + (problems.isEmpty ? "" : "; \(problems.count) lines could not be read")
        }
    }

    private let deidentifier: Deidentifier

    /// - Parameters:
    ///   - policy: a built-in policy's name, or the path of a YAML file.
    ///   - seedKey: 64 hexadecimal digits; drawn at random if absent, and surrogates then differ from run to run.
    /// - Throws: ``NodeError`` `.badInput` or `.configurationInvalid`.
    public init(policy: String, seedKey: String?, random: any SecureRandom = SystemRandom()) throws {
        var key = try random.bytes(32)
        if let seedKey {
            guard let given = Data(hexadecimal: seedKey), given.count >= 16 else {
                throw NodeError(.badInput, "--seed-key must have at least 32 hexadecimal digits (16 bytes), best 64.")
            }
            key = given
        }
        deidentifier = try Deidentifier(policy: try DeidentificationPolicy.named(policy), siteKey: key)
    }

    /// Streams line by line, so that memory does not grow with the file. The output appears whole or not at all.
    /// - Throws: ``NodeError`` `.badInput` if two of the files are the same one, also by another path or a link;
    ///   ``CoreError`` for what can't be read or written.
    public func run(input: URL, output: URL, known: URL?, progress: ProgressHandler) throws -> Outcome {
        try refuseSameFile(input: input, output: output, known: known)
        var filter = DeidentifyFilter(deidentifier)
        if let known { try LineReader(known).forEach { filter.addKnown(line: $0, number: $1) } }
        let part = output.appendingPathExtension("part")
        guard FileManager.default.createFile(atPath: part.path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let handle = FileHandle(forWritingAtPath: part.path)
        else {
            throw CoreError(.fileUnwritable, "Can't create \(part.path). Check the path and this user's rights.")
        }
        do {
            try LineReader(input).forEach { line, number in
                if let result = filter.process(line: line, number: number) { try handle.write(contentsOf: result) }
                progress(ProgressUpdate(activity: "de-identify", completed: Double(number), total: nil, unit: "texts"))
            }
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
        let summary = filter.summary
        return Outcome(
            lines: summary.lines, clean: summary.statuses[.clean] ?? 0, review: summary.statuses[.review] ?? 0,
            quarantine: summary.statuses[.quarantine] ?? 0, problems: summary.errors.map(\.description))
    }

    private func refuseSameFile(input: URL, output: URL, known: URL?) throws {
        let part = output.appendingPathExtension("part")
        if Self.isSame(input, output) || Self.isSame(input, part) {
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
        if Self.isSame(known, input) {
            throw NodeError(
                .badInput, "--known and --input are the same file. Name the file of known identifiers for --known.")
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
