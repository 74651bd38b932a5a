public import ConsiliumCore
public import Foundation
public import Identity

/// Where everything stands, for the admin's status view. Contains no report text and no update.
public struct Overview: Codable, Sendable, Equatable {
    public struct Member: Codable, Sendable, Equatable {
        public var clinic: ClinicID
        public var name: String
        public var lastSeen: Date?
        /// Since when the running coordinator can't hear the clinic any more; `nil` while it can, or if it never has.
        public var lostSince: Date?

        public init(clinic: ClinicID, name: String, lastSeen: Date?, lostSince: Date? = nil) {
            self.clinic = clinic
            self.name = name
            self.lastSeen = lastSeen
            self.lostSince = lostSince
        }
    }

    public struct Job: Codable, Sendable, Equatable {
        public enum State: String, Codable, Sendable {
            case proposed, running, finished, stopped
        }

        public var id: JobID
        public var title: String
        public var state: State
        /// The round that is open, counted from 1; the last one when the job has ended.
        public var round: Int
        public var rounds: Int
        public var approved: [ClinicID]
        public var denied: [ClinicID]
        /// Clinics whose update of the open round has arrived.
        public var delivered: [ClinicID]
        public var adapter: ContentHash
        public var metrics: [HeldOutMetrics]
        /// Bytes of updates received from each clinic over the whole job.
        public var bytesReceived: [String: Int]
        public var note: String
        /// Of the last round, see ``RoundResult/aggregationError``.
        public var aggregationError: Double?
        /// Clinics that took part and have withdrawn, or were taken off the roster, since.
        public var withdrawals: [Withdrawal]?
        /// What clinics sent of the job's evaluation, over all of them; `nil` where nothing was sent.
        public var evaluation: [MergedEvaluation]?
        /// The same of every clinic.
        public var evaluations: [EvaluationMetrics]?

        /// What a clinic that left has touched, by the signed results.
        public struct Withdrawal: Codable, Sendable, Equatable {
            public var clinic: ClinicID
            /// Rounds whose average contains an update of it.
            public var rounds: [Int]
            /// What these rounds made, and what was made from that.
            public var adapters: [ContentHash]

            /// - Returns: `nil` if no result contains an update of the clinic.
            public init?(of clinic: ClinicID, in results: [RoundResult]) {
                let touched = results.filter { $0.participants.contains { $0.clinic == clinic } }
                guard let first = touched.map(\.round).min() else { return nil }
                self.clinic = clinic
                rounds = touched.map(\.round).sorted()
                adapters = results.filter { $0.round >= first }.sorted { $0.round < $1.round }.map(\.adapter)
            }
        }

        public init(
            id: JobID, title: String, state: State, round: Int, rounds: Int, approved: [ClinicID], denied: [ClinicID],
            delivered: [ClinicID], adapter: ContentHash, metrics: [HeldOutMetrics], bytesReceived: [String: Int],
            note: String, aggregationError: Double? = nil, withdrawals: [Withdrawal]? = nil,
            evaluation: [MergedEvaluation]? = nil, evaluations: [EvaluationMetrics]? = nil
        ) {
            self.id = id
            self.title = title
            self.state = state
            self.round = round
            self.rounds = rounds
            self.approved = approved
            self.denied = denied
            self.delivered = delivered
            self.adapter = adapter
            self.metrics = metrics
            self.bytesReceived = bytesReceived
            self.note = note
            self.aggregationError = aggregationError
            self.withdrawals = withdrawals
            self.evaluation = evaluation
            self.evaluations = evaluations
        }
    }

    public var consortium: String
    public var rosterVersion: Int
    public var members: [Member]
    public var pendingEnrolments: [String]
    public var jobs: [Job]
    /// Certificates that end soon, in words; `nil` from an older coordinator.
    public var notices: [String]?

    public init(
        consortium: String, rosterVersion: Int, members: [Member], pendingEnrolments: [String], jobs: [Job],
        notices: [String]? = nil
    ) {
        self.consortium = consortium
        self.rosterVersion = rosterVersion
        self.members = members
        self.pendingEnrolments = pendingEnrolments
        self.jobs = jobs
        self.notices = notices
    }
}
