import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Logging
import Synchronization
import Testing

@testable import Coordinator
@testable import Transport

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

@Suite("What an operator's monitoring sees", .serialized)
struct MetricsTests {
    private static func page(_ test: TestCoordinator, _ server: RunningCoordinator) async throws -> String {
        try await server.with(test.consortium.admin) { client in
            String(decoding: try await client.exchange.send(.get, "/metrics").body, as: UTF8.self)
        }
    }

    /// The value of the one sample with this name and these labels.
    private static func value(_ sample: String, in page: String) -> Double? {
        let lines = page.split(separator: "\n").filter { $0.hasPrefix(sample + " ") }
        return lines.count == 1 ? Double(lines[0].dropFirst(sample.count + 1)) : nil
    }

    @Test("the page is in Prometheus' text format: each family once, with its type, and buckets that grow")
    func format() async throws {
        try await withCoordinator { test, server in
            _ = try await test.runningJob(on: server)
            _ = try await Self.page(test, server)
            let page = try await Self.page(test, server)
            let sample = /([a-z_]+)(\{[a-z]+="[^"\\\n]*"(?:,[a-z]+="[^"\\\n]*")*\})? (-?[0-9.e+-]+|NaN|[+-]Inf)/
            var types: [String: Substring] = [:]
            var family = ""
            var last: (labels: Substring, count: Double)?
            #expect(page.hasSuffix("\n"))
            for line in page.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
                if line.hasPrefix("# HELP ") { continue }
                if line.hasPrefix("# TYPE ") {
                    let words = line.split(separator: " ")
                    family = String(words[2])
                    #expect(types[family] == nil, "\(family) is there twice")
                    types[family] = words[3]
                    continue
                }
                let match = try #require(try sample.wholeMatch(in: line), "\(line)")
                let name = String(match.1)
                let isHistogram = types[family] == "histogram"
                let names = isHistogram ? ["_bucket", "_sum", "_count"].map { family + $0 } : [family]
                #expect(names.contains(name), "\(name) stands under \(family)")
                guard name.hasSuffix("_bucket"), let value = Double(match.3) else { continue }
                let labels = match.2?.split(separator: "le=").first ?? ""
                if let last, last.labels == labels { #expect(value >= last.count) }
                last = (labels, value)
            }
            #expect(types.count > 15)
            #expect(types["consilium_http_requests_total"] == "counter")
        }
    }

    @Test("requests, refusals, jobs and rounds are counted, and nothing of what clinics send is there")
    func counts() async throws {
        try await withCoordinator { test, server in
            let (job, _) = try await test.runningJob(on: server, rounds: 2)
            for index in 0..<3 { try await test.deliver(index, round: 1, of: job, on: server) }
            _ = try await MaskedRunTests.result(1, job, test, server)
            try await test.deliver(0, round: 2, of: job, on: server)
            try await server.with(test.consortium.clinics[0]) { client in
                try await expectRefusal(.wrongRole) { _ = try await client.overview() }
                try await expectRefusal(.wrongRole) { _ = try await client.exchange.send(.get, "/metrics") }
            }
            let page = try await Self.page(test, server)
            #expect(Self.value("consilium_rounds_closed_total", in: page) == 1)
            #expect(Self.value("consilium_round_averaging_seconds_count", in: page) == 1)
            #expect(Self.value("consilium_jobs{state=\"open\"}", in: page) == 1)
            #expect(Self.value("consilium_job_round{job=\"job-1\"}", in: page) == 2)
            #expect(Self.value("consilium_round_clinics_expected{job=\"job-1\"}", in: page) == 3)
            #expect(Self.value("consilium_round_clinics_delivered{job=\"job-1\"}", in: page) == 1)
            #expect(Self.value("consilium_roster_clinics", in: page) == 3)
            #expect(Self.value("consilium_errors_total{code=\"federation.wrong-role\"}", in: page) == 2)
            let chunks = "/v1/jobs/{job}/rounds/{round}/update/chunks/{chunk}"
            let requests = "consilium_http_requests_total{method=\"PUT\",route=\"\(chunks)\",status=\"200\"}"
            #expect(Self.value(requests, in: page) == 4)
            let bytes = Self.value("consilium_http_request_bytes_total{route=\"\(chunks)\"}", in: page)
            #expect(bytes == Double(4 * job.initialAdapter.parameters * 4))
            #expect((Self.value("process_resident_memory_bytes", in: page) ?? 0) > 1_048_576.0)
            #expect(!page.contains(job.title) && !page.contains(job.initialAdapter.hash.short))
            #expect(page.firstMatch(of: /[0-9a-f]{32}/) == nil)
        }
    }

    @Test("the operator's own listener serves health, readiness and metrics without a certificate, and nothing else")
    func operatorListener() async throws {
        let test = try await TestCoordinator(clinics: 1)
        var configuration = CoordinatorConfiguration(folder: test.folder.url)
        let port = Int.random(in: 20_000..<30_000)
        configuration.operatorListen = .init(host: "127.0.0.1", port: port)
        let server = try await CoordinatorServer(configuration: configuration)
        let task = Task { try await server.run() }
        defer { task.cancel() }
        func get(_ path: String) async throws -> (status: Int, text: String) {
            let url = try #require(URL(string: "http://127.0.0.1:\(port)\(path)"))
            for _ in 0..<100 {
                if let (data, response) = try? await URLSession.shared.data(from: url) {
                    return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
                }
                try await Task.sleep(for: .milliseconds(100))
            }
            return (0, "")
        }
        let health = try await get("/healthz")
        #expect(health.status == 200 && health.text == #"{"status":"ok"}"#)
        let ready = try await get("/readyz")
        #expect(ready.status == 200 && ready.text == #"{"status":"ready"}"#)
        let page = try await get("/metrics")
        #expect(page.status == 200 && page.text.contains("consilium_roster_clinics 1\n"))
        let other = try await get("/v1/roster")
        #expect(other.status == 404)
        task.cancel()
        _ = try? await task.value
    }

    @Test("a label's quotes, backslashes and line feeds are escaped")
    func escaping() {
        var text = MetricsText()
        text.add(.errors, [("code", "a\"b\\c\nd")], 1.5)
        #expect(text.text.hasSuffix("consilium_errors_total{code=\"a\\\"b\\\\c\\nd\"} 1.5\n"))
    }

    @Test("a log entry is one JSON object in one line, with its ids under their names")
    func structuredLog() throws {
        let lines = Mutex<[Data]>([])
        var logger = Logger(label: "consilium.coordinator") { label in
            JSONLogHandler(label: label) { line in lines.withLock { $0.append(line) } }
        }
        logger[metadataKey: "level"] = "a clash"
        logger.warning("round\nopened", metadata: ["job": "job-1", "round": "2"])
        logger.debug("not shown")
        let written = lines.withLock { $0 }
        #expect(written.count == 1)
        let line = try #require(written.first)
        #expect(line.last == 10 && line.filter { $0 == 10 }.count == 1)
        let entry = try JSONDecoder().decode([String: String].self, from: line)
        #expect(entry["message"] == "round\nopened" && entry["job"] == "job-1" && entry["round"] == "2")
        #expect(entry["level"] == "warning" && entry["_level"] == "a clash" && entry["time"] != nil)
    }
}
