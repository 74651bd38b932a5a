import Admin
import ConsiliumCore
import Federation
import Foundation
import Identity
import Testing

@Suite("Watching a job")
struct JobBoardTests {
    private let clinics: [ClinicID]
    private let date = Date(timeIntervalSince1970: 1_790_000_000)

    init() throws { clinics = try ["a1", "b2", "c3", "d4"].map { try ClinicID($0) } }

    private func job(_ state: Overview.Job.State, round: Int = 1, delivered: Int = 0, denied: Int = 0) throws
        -> Overview.Job
    {
        Overview.Job(
            id: try JobID("job-1"), title: "Job", state: state, round: round, rounds: 5,
            approved: Array(clinics.dropLast(denied)), denied: Array(clinics.suffix(denied)),
            delivered: Array(clinics.prefix(delivered)), adapter: ContentHash(of: Data()), metrics: [],
            bytesReceived: ["a1": 2048], note: "")
    }

    private func overview(_ job: Overview.Job) -> Overview {
        Overview(
            consortium: "Test", rosterVersion: 1,
            members: [Overview.Member(clinic: clinics[0], name: "A", lastSeen: date.addingTimeInterval(-3))],
            pendingEnrolments: [], jobs: [job])
    }

    @Test("each arrival moves the bar by its share of a round")
    func fraction() throws {
        var board = JobBoard(clinics: clinics, at: 0)
        func fraction(_ job: Overview.Job) -> Double {
            board.picture(overview(job), job, isStale: false, at: 1, date: date).fraction
        }
        #expect(fraction(try job(.proposed)) == 0)
        #expect(fraction(try job(.running)) == 0)
        #expect(fraction(try job(.running, round: 1, delivered: 2)) == 0.1)
        #expect(fraction(try job(.running, round: 3)) == 0.4)
        // A clinic that refused the job is not waited for.
        #expect(abs(fraction(try job(.running, round: 1, delivered: 3, denied: 1)) - 0.2) < 1e-12)
        #expect(fraction(try job(.finished, round: 5)) == 1)
    }

    @Test("the time left follows from the speed so far and then counts down")
    func timeLeft() throws {
        var board = JobBoard(clinics: clinics, at: 0)
        func left(_ job: Overview.Job, _ seconds: Double) -> Double? {
            board.picture(overview(job), job, isStale: false, at: seconds, date: date).secondsLeft
        }
        #expect(left(try job(.proposed), 50) == nil)
        #expect(left(try job(.running), 100) == nil)
        // One round of five in ten seconds: forty are left, whatever the wait for approval was.
        #expect(abs(try #require(left(try job(.running, round: 2), 110)) - 40) < 1e-9)
        #expect(abs(try #require(left(try job(.running, round: 2), 115)) - 35) < 1e-9)
        #expect(left(try job(.running, round: 2), 200) == 0)
        #expect(left(try job(.finished, round: 5), 201) == nil)
    }

    @Test("each clinic's line says what it does")
    func rows() throws {
        var board = JobBoard(clinics: clinics, at: 0)
        let running = try job(.running, delivered: 1, denied: 1)
        let picture = board.picture(overview(running), running, isStale: false, at: 1, date: date)
        #expect(picture.rows.map(\.activity) == [.delivered, .training, .training, .denied])
        #expect(picture.rows.map(\.bytesReceived) == [2048, 0, 0, 0])
        #expect(picture.rows.map(\.secondsSinceSeen) == [3, nil, nil, nil])
        let proposed = try job(.proposed, denied: 1)
        #expect(
            board.picture(overview(proposed), proposed, isStale: false, at: 1, date: date).rows.map(\.activity)
                == [.approved, .approved, .approved, .denied])
    }
}
