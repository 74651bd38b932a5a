import ConsiliumCore
import Federation
import Foundation
import Identity
import SecureAggregation

/// Everything that the coordinator must still know after a crash, except the bytes of adapters and updates.
///
/// A call that returns has made its change durable; one that throws has changed nothing. Errors are ``FederationError`` where
/// the other side is at fault (`.conflict`), ``CoordinatorError`` where this machine is.
protocol CoordinatorStore: Sendable {
    // MARK: Roster
    func roster() async throws -> SignedDocument<Roster>?
    func save(_ roster: SignedDocument<Roster>, version: Int) async throws

    // MARK: Enrolment
    /// - Throws: `.conflict` if the id is taken by another token.
    func add(_ token: SignedDocument<TokenRecord>, id: String) async throws
    func token(_ id: String) async throws -> TokenRecord?
    /// Stores the first request under a token; a later one changes nothing. Returns the one that is stored.
    func addEnrolment(_ request: EnrolmentRequest, tokenID: String, at date: Date) async throws -> StoredEnrolment
    func enrolment(_ tokenID: String) async throws -> StoredEnrolment?
    func pendingEnrolments() async throws -> [StoredEnrolment]
    func setGrant(_ grant: EnrolmentGrant, tokenID: String) async throws

    // MARK: Renewed certificates
    func save(_ certificates: EnrolmentGrant) async throws
    func certificates(of role: PeerRole) async throws -> EnrolmentGrant?

    // MARK: Jobs
    /// - Throws: `.conflict` if another job has this id. Adding the same again changes nothing.
    func add(_ job: StoredJob) async throws
    func job(_ id: JobID) async throws -> StoredJob?
    /// In the order of proposal.
    func jobs() async throws -> [StoredJob]
    func activeJobs() async throws -> [JobID]
    /// Reads a job's state, lets `change` work on it, and stores the new state and what belongs to it in one transaction.
    ///
    /// - Parameter change: sees the state that all other changes have left; must not wait for anything.
    /// - Throws: `.jobUnknown`, or what `change` throws.
    func changeJob<Value: Sendable>(
        _ id: JobID, _ change: @escaping @Sendable (inout StoredJob) throws -> (Value, [JobWrite])
    ) async throws -> Value
    func results(of job: JobID) async throws -> [SignedDocument<RoundResult>]
    func result(of job: JobID, round: Int) async throws -> SignedDocument<RoundResult>?
    /// The job of which this is a result.
    func jobs(withResult adapter: ContentHash) async throws -> [JobID]

    // MARK: Updates
    /// Stores the first announcement under a key; a later one changes nothing. Returns the one that is stored.
    func announce(_ document: SignedDocument<UpdateManifest>, _ manifest: UpdateManifest, key: UpdateKey) async throws
        -> StoredUpdate
    func update(_ key: UpdateKey) async throws -> StoredUpdate?
    func markReceived(chunk: Int, of key: UpdateKey) async throws
    /// Forgets an update that was refused, so that the clinic can deliver a right one.
    func removeUpdate(_ key: UpdateKey) async throws
    func bytesReceived(for job: JobID) async throws -> [ClinicID: Int]

    // MARK: Sums under masks
    /// Stores the session of an attempt; a later one changes nothing. Returns the one that is stored.
    func addSum(_ session: SecureSumSession, key: SumKey) async throws -> SecureSumSession
    func sum(_ key: SumKey) async throws -> StoredSum?
    func lastAttempt(of job: JobID, round: Int) async throws -> Int?
    /// Stores what happened next. A position that is taken is an error: two parties would have counted differently.
    func add(_ event: SecureSumEvent, at position: Int, to key: SumKey) async throws
    func removeSums(of job: JobID) async throws

    // MARK: Metrics and presence
    func save(_ metrics: HeldOutMetrics) async throws
    func metrics(of job: JobID) async throws -> [HeldOutMetrics]
    /// Stores a clinic's figures of a round; later ones replace them.
    func save(_ metrics: EvaluationMetrics) async throws
    func evaluations(of job: JobID) async throws -> [EvaluationMetrics]
    func saw(_ clinic: ClinicID, at date: Date) async throws
    func lastSeen() async throws -> [ClinicID: Date]
}
