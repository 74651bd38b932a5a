import ConsiliumCore
import Federation
import Foundation
import HTTPTypes
import Hummingbird
import Identity
import SecureAggregation

/// Joins the paths of ``Endpoint`` with what they do. `coordinator/openapi.yaml` describes each.
struct CoordinatorRoutes: Sendable {
    let rosters: RosterKeeper
    let enrolments: EnrolmentDesk
    let jobs: JobDesk
    let updates: UpdateIntake
    let sums: SecureSumDesk
    let engine: JobEngine
    let adapters: AdapterShelf
    let overview: OverviewBuilder
    let certificates: CertificateDesk
    let operators: OperatorRoutes

    /// The longest that a poll may wait, in seconds: below the idle time-out of common proxies.
    static let longestWait = 55

    func register(in table: inout RouteTable) {
        operators.register(in: &table)
        registerOpen(in: &table)
        registerJobs(in: &table)
        registerUpdates(in: &table)
        registerSums(in: &table)
        registerAdmin(in: &table)
    }

    private func registerOpen(in table: inout RouteTable) {
        let enrolments = enrolments
        table.add(.post, "/v1/enrolments", .anyone) { call in
            guard let grant = try await enrolments.enroll(call.body(EnrolmentRequest.self)) else {
                return Response(status: .accepted)
            }
            return try .json(grant)
        }
        table.add(.get, "/v1/enrolments/{token}", .anyone) { call in
            let hash = try ContentHash(hex: call.query("request") ?? "")
            return try .json(try await enrolments.grant(tokenID: call.text("token"), requestHash: hash))
        }
    }

    private func registerJobs(in table: inout RouteTable) {
        let (jobs, rosters, adapters) = (jobs, rosters, adapters)
        table.add(.get, "/v1/roster", .member) { _ in try .json(await rosters.document) }
        let certificates = certificates
        table.add(.get, "/v1/certificates", .member) { try .json(try await certificates.renewed(for: $0.peer())) }
        table.add(.get, "/v1/jobs", .member) { try .json(try await jobs.jobs(for: $0.peer())) }
        table.add(.get, "/v1/jobs/{job}", .member) { try .json(try await jobs.job($0.job(), for: $0.peer()).document) }
        table.add(.put, "/v1/jobs/{job}/consent", .clinic) { call in
            try await jobs.answer(call.body(SignedDocument<Consent>.self), job: call.job(), from: call.peer())
            return Response(status: .noContent)
        }
        table.add(.get, "/v1/jobs/{job}/task", .clinic) { call in
            let wait = min(max(call.query("wait").flatMap { Int($0) } ?? 0, 0), Self.longestWait)
            return try .json(try await jobs.task(call.job(), for: call.peer(), waiting: wait))
        }
        table.add(.get, "/v1/jobs/{job}/rounds/{round}/result", .member) { call in
            try .json(try await jobs.result(call.job(), round: call.number("round"), for: call.peer()))
        }
        table.add(.put, "/v1/jobs/{job}/metrics", .clinic) { call in
            try await jobs.save(call.body(HeldOutMetrics.self), job: call.job(), from: call.peer())
            return Response(status: .noContent)
        }
        table.add(.put, "/v1/jobs/{job}/evaluation", .clinic) { call in
            try await jobs.save(call.body(EvaluationMetrics.self), job: call.job(), from: call.peer())
            return Response(status: .noContent)
        }
        table.add(.get, "/v1/adapters/{hash}", .member) { call in
            let hash = try call.hash("hash")
            return try FileResponse.make(
                try await adapters.file(hash, for: call.peer()), hash: hash, range: call.request.headers[.range],
                channel: call.context.channel)
        }
    }

    private func registerUpdates(in table: inout RouteTable) {
        let updates = updates
        let path = "/v1/jobs/{job}/rounds/{round}/update"
        table.add(.put, path, .clinic) { call in
            try .json(try await updates.announce(call.body(SignedDocument<UpdateManifest>.self), key: call.updateKey()))
        }
        table.add(.get, path, .clinic) { try .json(try await updates.status($0.updateKey())) }
        table.add(.put, "\(path)/skip", .clinic) { call in
            try await updates.skip(call.body(SignedDocument<UpdateSkip>.self), key: call.updateKey())
            return Response(status: .noContent)
        }
        table.add(.put, "\(path)/chunks/{chunk}", .clinic) { call in
            try .json(
                try await updates.receive(chunk: call.number("chunk"), of: call.updateKey(), body: call.request.body))
        }
        table.add(.post, "\(path)/complete", .clinic) { try .json(try await updates.complete($0.updateKey())) }
    }

    private func registerSums(in table: inout RouteTable) {
        let (jobs, sums, engine) = (jobs, sums, engine)
        table.add(.put, "/v1/jobs/{job}/rounds/{round}/ready", .clinic) { call in
            try await jobs.ready(
                call.body(SignedDocument<RoundReady>.self), job: call.job(), round: call.number("round"),
                from: call.peer())
            return Response(status: .noContent)
        }
        let path = "/v1/jobs/{job}/rounds/{round}/sum"
        table.add(.get, path, .clinic) { call in
            let wait = min(max(call.query("wait").flatMap { Int($0) } ?? 0, 0), Self.longestWait)
            return try .json(
                try await sums.poll(
                    call.job(), round: call.number("round"), clinic: call.clinic(), waiting: wait))
        }
        table.add(.post, path, .clinic) { call in
            let job = try call.job()
            let event = try await sums.receive(
                call.body(SecureSumEnvelope.self), job: job, round: call.number("round"), clinic: call.clinic())
            if let event { try await engine.apply(event, to: job) }
            return Response(status: .noContent)
        }
    }

    private func registerAdmin(in table: inout RouteTable) {
        let (jobs, rosters, adapters, enrolments, overview) = (jobs, rosters, adapters, enrolments, overview)
        table.add(.post, "/v1/admin/tokens", .admin) { call in
            try await enrolments.register(call.body(SignedDocument<TokenRecord>.self))
            return Response(status: .noContent)
        }
        table.add(.get, "/v1/admin/enrolments", .admin) { _ in try .json(try await enrolments.pending()) }
        table.add(.put, "/v1/admin/enrolments/{token}/grant", .admin) { call in
            try await enrolments.setGrant(call.body(EnrolmentGrant.self), tokenID: call.text("token"))
            return Response(status: .noContent)
        }
        let certificates = certificates
        table.add(.get, "/v1/admin/certificates", .admin) { _ in try .json(certificates.own) }
        table.add(.put, "/v1/admin/certificates", .admin) { call in
            try await certificates.accept(call.body([EnrolmentGrant].self))
            return Response(status: .noContent)
        }
        table.add(.put, "/v1/admin/roster", .signingAdmin) { call in
            try await rosters.replace(by: call.body(SignedDocument<Roster>.self))
            try await jobs.dropStrangers()
            return Response(status: .noContent)
        }
        table.add(.post, "/v1/admin/jobs", .admin) { call in
            try await jobs.propose(call.body(SignedDocument<JobManifest>.self))
            return Response(status: .noContent)
        }
        table.add(.put, "/v1/admin/adapters/{hash}", .admin) { call in
            try await adapters.receive(call.request.body, hash: call.hash("hash"))
            return Response(status: .noContent)
        }
        table.add(.get, "/v1/admin/overview", .admin) { _ in
            try .json(try await overview.overview(of: await rosters.roster))
        }
    }
}
