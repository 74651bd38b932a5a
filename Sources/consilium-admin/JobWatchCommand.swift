internal import Admin
internal import ArgumentParser
internal import CommandLineSupport
internal import ConsiliumCore
internal import Federation
internal import Foundation
internal import Identity

struct JobWatchCommand: ConsiliumCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Follow a job live: rounds, clinics, time left.",
        discussion:
            "Ends with exit code 0 when the job has finished and 1 when it was stopped. Leaving it does not touch the job."
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var session: SessionOptions

    @Argument(help: "The job's id.")
    var id: String

    @Flag(help: "Return when the job has ended (this is the default).")
    var untilEnd = false

    @Flag(help: "Show the state once and return.")
    var once = false

    func validate() throws {
        if untilEnd && once {
            throw ValidationError("--until-end and --once exclude each other. Give at most one of them.")
        }
    }

    func run(_ output: Output) async throws {
        let id = try JobID(id)
        let live = LiveLines(isTerminal: Console.current.isTerminal && !once)
        let isQuiet = global.quiet || once
        var shown: JobBoard.Picture?
        let (job, last) = try await session.with { session in
            let clinics = try await session.job(id).manifest.clinics
            let start = ProcessInfo.processInfo.systemUptime
            var board = JobBoard(clinics: clinics, at: start)
            let job = try await session.watch(id, untilEnd: !once) { overview, job, isStale in
                let picture = board.picture(
                    overview, job, isStale: isStale, at: ProcessInfo.processInfo.systemUptime, date: Date())
                if !isQuiet {
                    if live.isTerminal {
                        live.show(BoardText(picture, style: live.style).lines)
                    } else if let line = BoardText.change(from: shown, to: picture) {
                        output.note(line)
                    }
                }
                shown = picture
            }
            return (job, shown)
        }
        try output.finish(job) {
            if once, let last { return BoardText(last, style: .plain).lines.joined(separator: "\n") }
            return BoardText.conclusion(job, seconds: last?.secondsElapsed) + OverviewText.evaluation(job)
        }
        if job.state == .stopped { throw ReportedFailure(.violation) }
    }
}
