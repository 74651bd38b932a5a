/// Everything that the coordinator tells a monitoring system, with the names by which dashboards know it.
///
/// Ids of clinics and jobs are labels because they are on the roster and in the overview that the operator has anyway. What
/// clinics send (updates, hashes, scores) is no metric.
enum MetricFamily: String, CaseIterable, Sendable {
    case requests = "consilium_http_requests_total"
    case requestSeconds = "consilium_http_request_duration_seconds"
    case requestBytes = "consilium_http_request_bytes_total"
    case responseBytes = "consilium_http_response_bytes_total"
    case errors = "consilium_errors_total"
    case averagingSeconds = "consilium_round_averaging_seconds"
    case rounds = "consilium_rounds_closed_total"
    case rosterClinics = "consilium_roster_clinics"
    case rosterVersion = "consilium_roster_version"
    case clinicSeen = "consilium_clinic_last_seen_timestamp_seconds"
    case pendingEnrolments = "consilium_enrolments_pending"
    case jobs = "consilium_jobs"
    case jobRound = "consilium_job_round"
    case jobRounds = "consilium_job_rounds"
    case roundExpected = "consilium_round_clinics_expected"
    case roundDelivered = "consilium_round_clinics_delivered"
    case roundDeadline = "consilium_round_deadline_timestamp_seconds"
    case sumAttempt = "consilium_sum_attempt"
    case sumClinics = "consilium_sum_clinics"
    case processorSeconds = "process_cpu_seconds_total"
    case residentBytes = "process_resident_memory_bytes"
    case openFiles = "process_open_fds"
    case startTime = "process_start_time_seconds"

    enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    var kind: Kind {
        switch self {
        case .requests, .requestBytes, .responseBytes, .errors, .rounds, .processorSeconds: .counter
        case .requestSeconds, .averagingSeconds: .histogram
        default: .gauge
        }
    }

    /// Upper bounds of a histogram's buckets in seconds. A poll may wait for almost a minute.
    var buckets: [Double] {
        switch self {
        case .requestSeconds: [0.005, 0.02, 0.1, 0.5, 2, 10, 60]
        case .averagingSeconds: [0.1, 0.5, 2, 10, 60, 300]
        default: []
        }
    }

    var help: String {
        switch self {
        case .requests: "Requests by method, route and status since the start."
        case .requestSeconds: "Time to the answer of a request, by route; polls wait."
        case .requestBytes: "Bytes of request bodies, by route."
        case .responseBytes: "Bytes of answer bodies, by route."
        case .errors: "Refused and failed requests by error code."
        case .averagingSeconds: "Time to average a closed round and sign its result."
        case .rounds: "Rounds with a signed result, over all jobs."
        case .rosterClinics: "Clinics on the roster in force."
        case .rosterVersion: "Version of the roster in force."
        case .clinicSeen: "When a clinic was last heard of, to ten seconds."
        case .pendingEnrolments: "Enrolments that wait for the admin."
        case .jobs: "Jobs by state."
        case .jobRound: "The round of a running job."
        case .jobRounds: "How many rounds a running job has."
        case .roundExpected: "Clinics that the open round counts on."
        case .roundDelivered: "Clinics that have delivered in the open round, or are ready to be added."
        case .roundDeadline: "When the open round closes."
        case .sumAttempt: "The attempt at the sum under masks that is being made."
        case .sumClinics: "Clinics in the sum under masks that is being made."
        case .processorSeconds: "Processor time of this process, user and system."
        case .residentBytes: "Resident memory of this process."
        case .openFiles: "Open file descriptors of this process."
        case .startTime: "When this process began."
        }
    }
}
