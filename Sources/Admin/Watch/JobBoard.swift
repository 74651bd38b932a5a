public import Federation
public import Foundation
public import Identity

/// What a person who watches a job wants to see, worked out from one overview after another. Pure: time is passed in.
public struct JobBoard: Sendable {
    public enum Activity: Sendable, Equatable {
        /// The clinic's officer has not answered.
        case asked
        case denied
        /// Approved; the job has not begun.
        case approved
        case training
        /// Its update of the open round has arrived.
        case delivered
        case done
        case stopped
    }

    public struct Row: Sendable, Equatable {
        public var clinic: ClinicID
        public var activity: Activity
        /// Of updates, over the whole job.
        public var bytesReceived: Int
        public var secondsSinceSeen: Double?
        /// Bits per byte on the clinic's held-out reports: base model, federated adapter.
        public var heldOut: (base: Double, federated: Double)?

        public static func == (left: Row, right: Row) -> Bool {
            left.clinic == right.clinic && left.activity == right.activity && left.bytesReceived == right.bytesReceived
                && left.secondsSinceSeen == right.secondsSinceSeen && left.heldOut?.base == right.heldOut?.base
                && left.heldOut?.federated == right.heldOut?.federated
        }
    }

    public struct Picture: Sendable, Equatable {
        public var title: String
        public var job: JobID
        public var state: Overview.Job.State
        public var round: Int
        public var rounds: Int
        /// 0 to 1.
        public var fraction: Double
        public var secondsElapsed: Double
        /// `nil` until something has been delivered.
        public var secondsLeft: Double?
        public var rows: [Row]
        public var note: String
        /// The coordinator does not answer; this is what it said last.
        public var isStale: Bool
    }

    private let clinics: [ClinicID]
    private let start: Double
    private var running: (since: Double, fraction: Double)?
    private var lastChange: (time: Double, fraction: Double)?

    /// - Parameters:
    ///   - clinics: those of the signed job, in its order.
    ///   - seconds: of a clock that never goes back.
    public init(clinics: [ClinicID], at seconds: Double) {
        self.clinics = clinics
        start = seconds
    }

    public mutating func picture(
        _ overview: Overview, _ job: Overview.Job, isStale: Bool, at seconds: Double, date: Date
    )
        -> Picture
    {
        let fraction = Self.fraction(job, clinics: clinics)
        if job.state == .running {
            if running == nil { running = (seconds, fraction) }
            if fraction != lastChange?.fraction { lastChange = (seconds, fraction) }
        }
        return Picture(
            title: job.title, job: job.id, state: job.state, round: min(job.round, job.rounds), rounds: job.rounds,
            fraction: fraction, secondsElapsed: seconds - (running?.since ?? start),
            secondsLeft: job.state == .running ? secondsLeft(at: seconds) : nil,
            rows: clinics.map { row($0, overview, job, date: date) }, note: job.note, isStale: isStale)
    }

    static func fraction(_ job: Overview.Job, clinics: [ClinicID]) -> Double {
        switch job.state {
        case .proposed: return 0
        case .finished: return 1
        case .running, .stopped:
            guard job.rounds > 0 else { return 0 }
            let expected = max(1, clinics.count - job.denied.count)
            let part = min(1, Double(job.delivered.count) / Double(expected))
            return min(1, max(0, (Double(job.round) - 1 + part) / Double(job.rounds)))
        }
    }

    /// From the speed up to the last arrival, counted down since: an estimate that grows while one waits is no help.
    private func secondsLeft(at seconds: Double) -> Double? {
        guard let running, let lastChange, lastChange.fraction > running.fraction, lastChange.time > running.since
        else {
            return nil
        }
        let speed = (lastChange.fraction - running.fraction) / (lastChange.time - running.since)
        return max(0, (1 - lastChange.fraction) / speed - (seconds - lastChange.time))
    }

    private func row(_ clinic: ClinicID, _ overview: Overview, _ job: Overview.Job, date: Date) -> Row {
        let metrics = job.metrics.filter { $0.clinic == clinic }.max { $0.round < $1.round }
        let seen = overview.members.first { $0.clinic == clinic }?.lastSeen
        return Row(
            clinic: clinic, activity: activity(clinic, job), bytesReceived: job.bytesReceived[clinic.text] ?? 0,
            secondsSinceSeen: seen.map { max(0, date.timeIntervalSince($0)) },
            heldOut: metrics.map { ($0.baseBitsPerByte, $0.federatedBitsPerByte) })
    }

    private func activity(_ clinic: ClinicID, _ job: Overview.Job) -> Activity {
        if job.denied.contains(clinic) { return .denied }
        let isApproved = job.approved.contains(clinic)
        switch job.state {
        case .proposed: return isApproved ? .approved : .asked
        case .running: return job.delivered.contains(clinic) ? .delivered : isApproved ? .training : .asked
        case .finished: return isApproved ? .done : .asked
        case .stopped: return .stopped
        }
    }
}
