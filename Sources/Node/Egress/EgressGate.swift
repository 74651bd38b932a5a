public import ConsiliumCore
internal import Federation
public import Foundation
internal import GRDB
internal import Identity

/// The one door through which data leave a clinic.
///
/// Before a byte is sent it is written to `egress/`, exactly as it leaves, and listed with time, kind and hash, so that the
/// privacy officer can open everything that ever left. What is on no list of ``Kind`` or not in the approved job is refused.
/// Polls and downloads carry no body and are not recorded.
public struct EgressGate: Sendable {
    /// Everything that can leave.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case enrolment
        case consent
        case updateManifest = "update-manifest"
        case update
        /// Keys, encrypted shares and signatures of a secure sum, and that an update is ready for it.
        case secureSum = "secure-sum"
        case heldOutMetrics = "held-out-metrics"
        /// Counts and means of a job's evaluation tasks.
        case evaluationMetrics = "evaluation-metrics"
    }

    /// One thing that left.
    public struct Entry: Sendable, Codable, Equatable {
        public let sequence: Int
        public let time: String
        public let kind: Kind
        public let job: String?
        public let destination: String
        public let bytes: Int
        public let hash: ContentHash
        /// Relative to the node's folder.
        public let file: String
    }

    private let home: NodeHome
    private let store: NodeStore
    private let now: @Sendable () -> Date

    public init(home: NodeHome, store: NodeStore, now: @escaping @Sendable () -> Date = { Date() }) {
        self.home = home
        self.store = store
        self.now = now
    }

    /// Records a message and hands back the very bytes to send.
    /// - Throws: ``NodeError`` `.egressRefused` if the job does not list what is to leave.
    func release(_ value: some Encodable, kind: Kind, job: JobManifest?, to destination: String) throws -> Data {
        let data = try CanonicalJSON.encode(value)
        try release(data, kind: kind, job: job, to: destination)
        return data
    }

    /// Records a clinic's own decision about a job, which needs no approval to leave.
    func release(_ consent: SignedDocument<Consent>, kind: Kind, about job: JobID, to destination: String) throws {
        try record(CanonicalJSON.encode(consent), kind: kind, job: job, to: destination)
    }

    /// Records raw bytes. The same bytes of the same kind and job are recorded once: a resend is no second egress.
    /// - Parameter known: the SHA-256 of these very bytes, where the caller has just taken it.
    func release(_ data: Data, kind: Kind, job: JobManifest?, to destination: String, hash known: ContentHash? = nil)
        throws
    {
        try require(kind, isListedIn: job)
        try record(data, kind: kind, job: job?.id, to: destination, hash: known)
    }

    private func record(
        _ data: Data, kind: Kind, job: JobID?, to destination: String, hash known: ContentHash? = nil
    ) throws {
        let hash = known ?? ContentHash(of: data)
        if try contains(kind: kind, job: job, hash: hash) { return }
        let name = "\(kind.rawValue)-\(job?.rawValue ?? "node")-\(hash.short)" + (kind == .update ? ".bin" : ".json")
        let file = home.egressFolder.appendingPathComponent(name)
        try DurableFile.write(data, to: file)
        let time = now().ISO8601Format()
        try store.write { database in
            try database.execute(
                sql:
                    "INSERT INTO egress (time, kind, job, destination, bytes, hash, file) VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [time, kind.rawValue, job?.rawValue, destination, data.count, hash.hex, "egress/\(name)"])
        }
    }

    public func entries() throws -> [Entry] {
        try store.read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM egress ORDER BY sequence").compactMap { row in
                guard let kind = Kind(rawValue: row["kind"]) else { return nil }
                return Entry(
                    sequence: row["sequence"], time: row["time"], kind: kind, job: row["job"],
                    destination: row["destination"],
                    bytes: row["bytes"], hash: try ContentHash(hex: row["hash"]), file: row["file"])
            }
        }
    }

    /// - Throws: ``NodeError`` `.badInput` if there is no such entry.
    public func entry(_ sequence: Int) throws -> Entry {
        guard let entry = try entries().first(where: { $0.sequence == sequence }) else {
            throw NodeError(.badInput, "Nothing with the number \(sequence) left. See “consilium-node egress list”.")
        }
        return entry
    }

    /// The bytes of an entry, checked against its recorded hash.
    public func content(of entry: Entry) throws -> Data { try content(of: entry.file, hash: entry.hash) }

    /// The same for what is to be sent again.
    /// - Throws: ``NodeError`` `.stateUnreadable` if there is no such record, or it was altered.
    func content(of kind: Kind, job: JobID, hash: ContentHash) throws -> Data {
        let file = try store.read { database in
            try String.fetchOne(
                database, sql: "SELECT file FROM egress WHERE kind = ? AND job = ? AND hash = ?",
                arguments: [kind.rawValue, job.rawValue, hash.hex])
        }
        guard let file else {
            throw NodeError(
                .stateUnreadable,
                "The update of the job “\(job)” is not in the record of what leaves. Restore the node's folder from one backup, or deny the job."
            )
        }
        return try content(of: file, hash: hash)
    }

    private func content(of file: String, hash: ContentHash) throws -> Data {
        let data = try DurableFile.read(home.folder.appendingPathComponent(file), limit: 1 << 36)
        guard ContentHash(of: data) == hash else {
            throw NodeError(
                .stateUnreadable, "The record \(file) was altered: its bytes don't have the recorded hash.")
        }
        return data
    }

    private func require(_ kind: Kind, isListedIn job: JobManifest?) throws {
        switch kind {
        case .enrolment, .consent: return
        case .update, .updateManifest, .secureSum, .heldOutMetrics, .evaluationMetrics: break
        }
        // Asked at the door, not at the start of a round: an officer may have withdrawn the approval meanwhile.
        if let job {
            try store.requireApproval(of: job.id)
            guard job.expiresAt > now() else {
                throw FederationError(.jobExpired, "The job “\(job.id)” has expired. Nothing further leaves for it.")
            }
        }
        switch kind {
        case .enrolment, .consent: return
        case .update, .updateManifest, .secureSum:
            if job?.egress.contains(.update) == true { return }
        case .heldOutMetrics:
            if job?.egress.contains(.heldOutMetrics) == true { return }
        case .evaluationMetrics:
            if job?.evaluation != nil, job?.egress.contains(.evaluationMetrics) == true { return }
        }
        throw NodeError(
            .egressRefused, "The approved job does not list “\(kind.rawValue)” among what may leave. Nothing was sent.")
    }

    /// Whether bytes with this hash are in the record.
    func hasReleased(_ hash: ContentHash) throws -> Bool {
        try store.read { database in
            try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM egress WHERE hash = ?)", arguments: [hash.hex]) ?? false
        }
    }

    /// The chunks of the latest updates whose bytes and manifests are both in the record.
    func releasedChunks() throws -> Set<ContentHash> {
        let files = try store.read { database in
            try String.fetchAll(
                database, sql: "SELECT file FROM egress WHERE kind = ? ORDER BY sequence DESC LIMIT 64",
                arguments: [Kind.updateManifest.rawValue])
        }
        var chunks: Set<ContentHash> = []
        for file in files {
            // A message that no update will come is kept under the same kind.
            guard let document = try? SignedDocument<UpdateManifest>(file: home.folder.appendingPathComponent(file)),
                let manifest = try? CanonicalJSON.decode(UpdateManifest.self, from: document.payload),
                try hasReleased(manifest.root)
            else { continue }
            chunks.formUnion(manifest.chunks)
        }
        return chunks
    }

    private func contains(kind: Kind, job: JobID?, hash: ContentHash) throws -> Bool {
        try store.read { database in
            try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM egress WHERE kind = ? AND job IS ? AND hash = ?)",
                arguments: [kind.rawValue, job?.rawValue, hash.hex]) ?? false
        }
    }
}
