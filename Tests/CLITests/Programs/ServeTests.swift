import ConsiliumTesting
import Foundation
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// `consilium-node serve` as a process, asked as clients ask.
@Suite("Serving a model", .serialized)
struct ServeTests {
    /// Ends the server with the value.
    final class Server: Sendable {
        let process = Process()
        let folder: TemporaryFolder
        let port: Int
        let token: String

        init(_ options: [String] = []) throws {
            folder = try TemporaryFolder()
            let model = folder.path("demo")
            try FileManager.default.copyItem(
                at: SharedData.packageRoot.appendingPathComponent("Assets/demo-base"), to: model)
            try folder.write(
                "demo/chat_template.jinja",
                "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant: ")
            let output = try folder.write("output", "")
            process.executableURL = Program.url(of: "consilium-node")
            process.arguments =
                ["serve", "--model", model.path, "--listen", "127.0.0.1:0", "--state", folder.path("state").path]
                + options
            process.currentDirectoryURL = folder.url
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = try FileHandle(forWritingTo: output)
            process.standardError = try FileHandle(forWritingTo: folder.write("errors", ""))
            try process.run()
            var line = ""
            for _ in 0..<600 where !line.hasSuffix("\n") {
                Thread.sleep(forTimeInterval: 0.1)
                line = try String(contentsOf: output, encoding: .utf8)
            }
            port = try #require(Int(line.split(separator: ":").last?.dropLast() ?? ""), "The server did not start.")
            token = try String(contentsOf: folder.path("state/token"), encoding: .utf8)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        }

        deinit {
            process.terminate()
            process.waitUntilExit()
        }

        func ask(
            _ path: String, body: Data? = nil, headers: [String: String] = [:], signed: Bool = true
        ) async throws -> (status: Int, text: String, headers: HTTPURLResponse) {
            var request = URLRequest(url: try #require(URL(string: "http://127.0.0.1:\(port)\(path)")))
            request.httpBody = body
            request.httpMethod = body == nil ? "GET" : "POST"
            if signed { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
            for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
            let (data, response) = try await URLSession.shared.data(for: request)
            let reply = try #require(response as? HTTPURLResponse)
            return (reply.statusCode, String(decoding: data, as: UTF8.self), reply)
        }
    }

    @Test("every request needs the token, is bounded, and is refused in the OpenAI form", .timeLimit(.minutes(60)))
    func refusals() async throws {
        let server = try Server()
        let good = Data(#"{"model": "demo", "prompt": "The patient", "max_tokens": 4}"#.utf8)
        #expect(try await server.ask("/healthz", signed: false).status == 200)
        let answer = try await server.ask("/v1/completions", body: good)
        #expect(answer.status == 200 && answer.text.contains("\"choices\""))
        let refusals: [(Int, String, Data?, [String: String], Bool)] = [
            (401, "/v1/models", nil, [:], false), (401, "/v1/completions", good, [:], false),
            (404, "/v1/nothing", nil, [:], true), (404, "/v1/models/other", nil, [:], true),
            (413, "/v1/completions", Data(count: (1 << 20) + 1), [:], true),
            (400, "/v1/chat/completions", Data("secret".utf8), [:], true),
            (400, "/v1/completions", Data(#"{"model": "demo", "prompt": []}"#.utf8), [:], true),
            (400, "/v1/completions", Data(#"{"model": "demo", "prompt": [99999999]}"#.utf8), [:], true),
            (404, "/v1/completions", Data(#"{"model": "other", "prompt": "a"}"#.utf8), [:], true),
        ]
        for (status, path, body, headers, signed) in refusals {
            let reply = try await server.ask(path, body: body, headers: headers, signed: signed)
            #expect(reply.status == status, "\(path)")
            #expect(reply.text.hasPrefix("{\"error\":{") && reply.text.contains("\"message\":"))
            #expect(!reply.text.contains("secret") && !reply.text.contains(server.token))
        }
        let log = try String(contentsOf: server.folder.path("errors"), encoding: .utf8)
        #expect(log.components(separatedBy: server.token).count == 2, "The token is printed once.")
    }

    @Test("a signal ends the server in good time, whatever is being answered", .timeLimit(.minutes(60)))
    func signal() async throws {
        let server = try Server(["--drain", "0", "--running", "1"])
        let body = Data(#"{"model": "demo", "prompt": "The patient", "max_tokens": 480, "stream": true}"#.utf8)
        let answers = (0..<6).map { _ in Task { try? await server.ask("/v1/completions", body: body) } }
        // Until somebody is being answered.
        try await Task.sleep(for: .milliseconds(300))
        server.process.terminate()
        for _ in 0..<600 where server.process.isRunning { try await Task.sleep(for: .milliseconds(100)) }
        #expect(!server.process.isRunning)
        #expect(server.process.terminationReason == .exit && server.process.terminationStatus == 0)
        for answer in answers { _ = await answer.value }
    }

    @Test("OpenAI's own client works unchanged", .timeLimit(.minutes(60)))
    func officialClient() throws {
        let python = ProcessInfo.processInfo.environment["CONSILIUM_OPENAI_PYTHON"] ?? "/usr/bin/python3"
        guard try Self.run(python, ["-c", "import openai"]).code == 0 else {
            print("skipped: \(python) has no “openai”; name an interpreter that has it by CONSILIUM_OPENAI_PYTHON")
            return
        }
        let server = try Server(["--waiting", "32"])
        let script = SharedData.packageRoot.appendingPathComponent("scripts/check-openai-client.py")
        let outcome = try Self.run(
            python, [script.path, "http://127.0.0.1:\(server.port)/v1", server.token, "demo"])
        #expect(outcome.code == 0, "\(outcome.text)")
        #expect(server.process.isRunning)
    }

    @Test("an address that others can reach must be allowed in so many words")
    func remote() throws {
        let folder = try TemporaryFolder()
        let model = SharedData.packageRoot.appendingPathComponent("Assets/demo-base").path
        for (address, code) in [("0.0.0.0:0", 65), ("127.0.0.1", 64), ("127.0.0.1:99999", 64), (":80", 64)] {
            let outcome = try Program.node.run(["serve", "--model", model, "--listen", address], in: folder.url)
            #expect(outcome.code == code)
        }
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> (code: Int32, text: String) {
        let folder = try TemporaryFolder()
        let output = try folder.write("output", "")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let handle = try FileHandle(forWritingTo: output)
        process.standardOutput = handle
        process.standardError = handle
        guard FileManager.default.isExecutableFile(atPath: program) else { return (127, "") }
        try process.run()
        process.waitUntilExit()
        return (process.terminationStatus, try String(contentsOf: output, encoding: .utf8))
    }
}
