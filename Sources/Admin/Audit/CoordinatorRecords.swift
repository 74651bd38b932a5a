public import ConsiliumCore
public import Federation
public import Foundation
public import Identity
internal import Ledger

/// What a coordinator's database says about the updates that clinics sent: the witness of their ledgers.
///
/// Every update's manifest is signed by its clinic and names the row at which its ledger stood, so the coordinator can't make
/// one up; every round's result is signed by the coordinator and repeats those rows.
public struct CoordinatorRecords: Sendable {
    /// An update as the clinic announced it.
    public struct Update: Sendable {
        public var document: SignedDocument<UpdateManifest>
        public var manifest: UpdateManifest
        /// Whether all of it arrived.
        public var isComplete: Bool
    }

    /// A closed round.
    public struct Result: Sendable {
        public var document: SignedDocument<RoundResult>
        public var result: RoundResult
    }

    public let file: URL
    public private(set) var jobs: [JobID: (manifest: JobManifest, hash: ContentHash)] = [:]
    public private(set) var updates: [Update] = []
    public private(set) var results: [Result] = []
    /// The last answer of each clinic to each job.
    public private(set) var consents: [Consent] = []
    /// Records that can't be read: sentences without a full stop.
    public private(set) var faults: [String] = []

    private static let jobQuery = "SELECT document FROM jobs ORDER BY sequence"
    private static let updateQuery = "SELECT document, complete FROM updates ORDER BY job, round, clinic"
    private static let resultQuery = "SELECT document FROM results ORDER BY job, round"
    private static let consentQuery = "SELECT document FROM consents ORDER BY job, clinic"

    /// Reads a copy; the coordinator may be running.
    ///
    /// - Throws: `LedgerError` `.unreadable`, `.locked`; `CoreError` if the file can't be read.
    public init(reading file: URL) throws {
        self.file = file
        let database = try RecordDatabase(
            reading: file, queries: [Self.jobQuery, Self.updateQuery, Self.resultQuery, Self.consentQuery])
        for row in database.rows(Self.jobQuery) {
            guard let document: SignedDocument<JobManifest> = Self.document(row.first),
                let manifest = try? CanonicalJSON.decode(JobManifest.self, from: document.payload)
            else {
                faults.append("a job can't be read")
                continue
            }
            jobs[manifest.id] = (manifest, document.payloadHash)
        }
        for row in database.rows(Self.updateQuery) {
            guard let document: SignedDocument<UpdateManifest> = Self.document(row.first),
                let manifest = try? CanonicalJSON.decode(UpdateManifest.self, from: document.payload)
            else {
                faults.append("an update can't be read")
                continue
            }
            updates.append(
                Update(document: document, manifest: manifest, isComplete: row.last == .some(Data("1".utf8))))
        }
        for row in database.rows(Self.resultQuery) {
            guard let document: SignedDocument<RoundResult> = Self.document(row.first),
                let result = try? CanonicalJSON.decode(RoundResult.self, from: document.payload)
            else {
                faults.append("a round's result can't be read")
                continue
            }
            results.append(Result(document: document, result: result))
        }
        for row in database.rows(Self.consentQuery) {
            guard let document: SignedDocument<Consent> = Self.document(row.first),
                let consent = try? CanonicalJSON.decode(Consent.self, from: document.payload)
            else {
                faults.append("a clinic's answer to a job can't be read")
                continue
            }
            consents.append(consent)
        }
    }

    /// Clinics that took back their approval after they had taken part, job by job.
    var withdrawals: [AuditReport.Withdrawal] {
        consents.filter { $0.decision == .denied }.compactMap { consent in
            let results = results.map(\.result).filter { $0.job == consent.job }
            return Overview.Job.Withdrawal(of: consent.clinic, in: results).map {
                AuditReport.Withdrawal(
                    job: consent.job.rawValue, clinic: $0.clinic.text, rounds: $0.rounds, adapters: $0.adapters)
            }
        }
    }

    private static func document<Payload>(_ bytes: Data??) -> SignedDocument<Payload>? {
        guard case .some(.some(let bytes)) = bytes else { return nil }
        return try? CanonicalJSON.decode(SignedDocument<Payload>.self, from: bytes)
    }
}

extension SignedDocument {
    /// Whether this very key signed it; says nothing about whose key that is.
    func isSigned(by key: SigningPublicKey) -> Bool {
        key.isValidSignature(signature, for: Data("consilium/\(kind.rawValue)/v1\n".utf8) + payload)
    }
}
