internal import ConsiliumCore
public import Federation
public import Foundation
public import Identity
public import Ledger

/// What a clinic's folder remembers besides its ledger: the rounds it trained, what it sent, and the coordinator's signed
/// results that it kept.
public struct NodeRecords: Sendable {
    public struct Round: Sendable {
        public var job: String
        public var number: Int
        public var isDelivered: Bool
        /// The row that was reserved before the training.
        public var reservation: LedgerHead?
        public var manifest: UpdateManifest?
    }

    public private(set) var rounds: [Round] = []
    /// The rows of the clinic's own ledger that its rounds relied on.
    public private(set) var clinicReservations: [(job: String, round: Int, head: LedgerHead)] = []
    /// Manifests of updates among the records of what left.
    public private(set) var sent: [UpdateManifest] = []
    /// Results that the coordinator signed and this clinic kept.
    public private(set) var results: [(document: SignedDocument<RoundResult>, result: RoundResult)] = []
    public private(set) var faults: [String] = []

    private static let query = "SELECT job, round, state, reservation, manifest FROM round ORDER BY job, round"
    /// Folders of older nodes lack the column.
    private static let clinicQuery =
        "SELECT job, round, clinicReservation FROM round WHERE clinicReservation IS NOT NULL"

    /// - Parameter folder: the folder of a ledger.
    /// - Returns: `nil` if it is no clinic's folder, such as one with exports.
    /// - Throws: `LedgerError` if the folder's database is damaged.
    public init?(folder: URL) throws {
        let database = folder.appendingPathComponent("node.sqlite")
        guard FileManager.default.fileExists(atPath: database.path) else { return nil }
        let records = try RecordDatabase(reading: database, queries: [Self.query, Self.clinicQuery])
        for row in records.rows(Self.query) { add(row) }
        for row in records.rows(Self.clinicQuery) {
            let text = row.map { $0.map { String(decoding: $0, as: UTF8.self) } }
            guard text.count == 3, let job = text[0], let round = text[1].flatMap({ Int($0) }),
                let head = text[2].flatMap(LedgerHead.init(text:))
            else {
                faults.append("a reservation of the clinic can't be read")
                continue
            }
            clinicReservations.append((job, round, head))
        }
        for file in Self.files(folder.appendingPathComponent("egress"))
        where file.lastPathComponent.hasPrefix("update-manifest-") {
            guard let document = try? SignedDocument<UpdateManifest>(file: file) else {
                faults.append("\(file.lastPathComponent) can't be read")
                continue
            }
            // A message that no update will come is kept under the same kind.
            if let manifest = try? CanonicalJSON.decode(UpdateManifest.self, from: document.payload) {
                sent.append(manifest)
            }
        }
        for job in Self.files(folder.appendingPathComponent("jobs")) {
            for file in Self.files(job)
            where file.lastPathComponent.hasPrefix("result-") && file.pathExtension == "json" {
                guard let document = try? SignedDocument<RoundResult>(file: file),
                    let result = try? CanonicalJSON.decode(RoundResult.self, from: document.payload)
                else {
                    faults.append("\(file.lastPathComponent) can't be read")
                    continue
                }
                results.append((document, result))
            }
        }
    }

    private mutating func add(_ row: [Data?]) {
        let text = row.prefix(4).map { $0.map { String(decoding: $0, as: UTF8.self) } }
        guard text.count == 4, row.count == 5, let job = text[0], let number = text[1].flatMap({ Int($0) }) else {
            faults.append("a round can't be read")
            return
        }
        var round = Round(job: job, number: number, isDelivered: text[2] == "delivered")
        if let reservation = text[3] {
            guard let head = LedgerHead(text: reservation) else {
                faults.append("round \(number) of \(job) names a reservation in an unknown form")
                return
            }
            round.reservation = head
        }
        if let bytes = row[4],
            let document = try? CanonicalJSON.decode(SignedDocument<UpdateManifest>.self, from: bytes)
        {
            round.manifest = try? CanonicalJSON.decode(UpdateManifest.self, from: document.payload)
        }
        rounds.append(round)
    }

    private static func files(_ folder: URL) -> [URL] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().map { folder.appendingPathComponent($0) }
    }
}
