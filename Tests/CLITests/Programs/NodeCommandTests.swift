import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@Suite("consilium-node as scripts use it")
struct NodeCommandTests {
    let folder: TemporaryFolder
    static let demoBase = SharedData.packageRoot.appendingPathComponent("Assets/demo-base").path

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("site.yaml", "clinic:\n  id: lakeside\nmodel:\n  folders: [\"\(Self.demoBase)\"]\n")
    }

    private func json(_ arguments: String..., expecting code: Int32 = 0) throws -> [String: Any] {
        try Program.node.json(arguments, in: folder.url, expecting: code)
    }

    private func lines(_ name: String) throws -> [[String: Any]] {
        try Data(contentsOf: folder.path(name)).split(separator: 10).map {
            try #require(JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
        }
    }

    @Test("doctor: checks with name, verdict and finding, before and after init")
    func doctor() throws {
        for arguments in [["doctor"], ["doctor", "--home", "node"]] {
            if arguments.count > 1 { _ = try json("init", "node", "--site-config", "site.yaml") }
            let report = try Program.node.json(arguments, in: folder.url)
            #expect(report["healthy"] as? Bool == true)
            let checks = try #require(report["checks"] as? [[String: String]])
            #expect(checks.allSatisfy { Set($0.keys) == ["name", "verdict", "finding"] })
            let names = checks.compactMap { $0["name"] }
            #expect(Set(names).isSuperset(of: ["processor", "linear algebra", "disk", "clock"]))
            #expect(names.contains("ledger") == (arguments.count > 1))
        }
        // The home may also be named by the environment.
        let named = try Program.node.json(
            ["doctor"], in: folder.url, environment: ["CONSILIUM_NODE_HOME": folder.path("node").path])
        #expect((named["checks"] as? [[String: String]])?.contains { $0["name"] == "vault" } == true)
    }

    @Test("doctor ends with 1 when something is broken")
    func sickDoctor() throws {
        _ = try json("init", "node", "--site-config", "site.yaml")
        try folder.write("node/node.yaml", "clinic:\n  idd: lakeside\n")
        let report = try json("doctor", "--home", "node", expecting: 1)
        #expect(report["healthy"] as? Bool == false)
    }

    @Test("init: what was made; a second one is a usage error and changes nothing")
    func initialize() throws {
        let made = try json("init", "node", "--site-config", "site.yaml")
        #expect(Set(made.keys) == ["clinic", "delta", "epsilonCap", "folder", "keyFingerprint"])
        #expect(made["clinic"] as? String == "lakeside")
        #expect(made["epsilonCap"] as? Double == 8)
        let key = try ContentHash(ofFile: folder.path("node/keys/signing-key.pem"))
        let error = try #require(
            try json("init", "node", "--site-config", "site.yaml", expecting: 64)["error"] as? [String: String])
        #expect(error["code"] == "node.already-initialized")
        #expect(try ContentHash(ofFile: folder.path("node/keys/signing-key.pem")) == key)
        let plain = try Program.node.run(["init", "other", "--site-config", "site.yaml"], in: folder.url)
        #expect(plain.text.contains("Key fingerprint: "))
        #expect(plain.text.contains("Next: consilium-node enroll"))
    }

    @Test("sample-reports, import: every format comes in, and the summary has the contract's counts")
    func importReports() throws {
        _ = try json("init", "node", "--site-config", "site.yaml")
        var total = 0
        for format in ["txt", "csv", "json", "hl7", "fhir"] {
            let made = try json(
                "sample-reports", "--specialty", "pathology", "--count", "4", "--seed", "\(total + 1)", "--out",
                "reports/\(format)", "--format", format, "--truth", "truth-\(format).jsonl")
            #expect(made["reports"] as? Int == 4)
            #expect(made["files"] as? Int == (["csv", "json", "hl7"].contains(format) ? 1 : 4))
            let truth = try lines("truth-\(format).jsonl")
            #expect(truth.count == 4)
            #expect(truth.allSatisfy { Set($0.keys).isSuperset(of: ["file", "locator", "text", "spans"]) })
            let outcome = try json("import", "reports/\(format)", "--home", "node")
            total += 4
            #expect((outcome["imported"] as? [String: Any])?["new"] as? Int == 4)
            #expect((outcome["imported"] as? [String: Any])?["byFormat"] as? [String: Int] == [format: 4])
            let clean = try #require((outcome["deidentified"] as? [String: Any])?["clean"] as? Int)
            #expect((3...4).contains(clean))
            let status = try #require((outcome["vault"] as? [String: Any])?["byStatus"] as? [String: Int])
            #expect(status.values.reduce(0, +) == total)
        }
        let again = try Program.node.run(["import", "reports", "--home", "node", "--brief"], in: folder.url)
        #expect(again.code == 0)
        #expect(again.text.hasPrefix("20 reports, 0 de-identified"))
    }

    @Test("import ends with 65 when a record was rejected, and keeps the good ones")
    func rejectedRecords() throws {
        _ = try json("init", "node", "--site-config", "site.yaml")
        try folder.write("in/good.csv", "mrn,report\r\nP-1,Normal chest.\r\n")
        try folder.write("in/bad.json", "{\"text\": \"Quillfeather")
        let outcome = try Program.node.run(["import", "in", "--home", "node", "--json"], in: folder.url)
        #expect(outcome.code == 65)
        let imported = try #require(Program.object(outcome)["imported"] as? [String: Any])
        #expect(imported["new"] as? Int == 1)
        #expect(imported["rejectedCount"] as? Int == 1)
        #expect(!(outcome.text + outcome.errorText).contains("Quillfeather"))
    }

    @Test("import - reads what another program writes; nothing to read is refused, and so is a file beside it")
    func importStandardInput() throws {
        _ = try json("init", "node", "--site-config", "site.yaml")
        func run(_ arguments: [String], _ input: String) throws -> Program.Outcome {
            try Program.node.run(
                ["import"] + arguments + ["--home", "node", "--json"], in: folder.url, standardInput: input)
        }
        let outcome = try run(["-", "--format", "csv"], "mrn,report\nP-1,Normal chest.\nP-2,No fracture seen.\n")
        #expect(outcome.code == 0)
        #expect((try Program.object(outcome)["imported"] as? [String: Any])?["new"] as? Int == 2)
        #expect(try run(["-"], "").code == 65)
        #expect(try run(["-", "reports"], "x").code == 64)
        #expect(try run(["-", "--watch"], "x").code == 64)
    }

    @Test("deidentify: id, spans, text and status, offsets in scalars, without a node's folder")
    func deidentify() throws {
        let text = "🩻 Patient: Anna Quillfeather, MRN 8833117."
        try folder.write("in.jsonl", "{\"id\":\"a\",\"text\":\"\(text)\"}\n{\"id\":\"b\",\"text\":\"saw zorblax\"}\n")
        try folder.write("known.jsonl", "{\"id\":\"b\",\"known\":[{\"value\":\"zorblax\",\"label\":\"NAME\"}]}\n")
        let outcome = try json(
            "deidentify", "--input", "in.jsonl", "--output", "out.jsonl", "--known", "known.jsonl", "--seed-key",
            String(repeating: "0f", count: 32))
        #expect(outcome["lines"] as? Int == 2)
        #expect(Set(outcome.keys) == ["clean", "lines", "problemCount", "problems", "quarantine", "review"])
        let rows = try lines("out.jsonl")
        #expect(rows.compactMap { $0["id"] as? String } == ["a", "b"])
        for row in rows {
            #expect(Set(row.keys).subtracting(["reasons"]) == ["id", "spans", "status", "text"])
            #expect(["clean", "review", "quarantine"].contains(row["status"] as? String))
            let spans = try #require(row["spans"] as? [[String: Any]])
            #expect(!spans.isEmpty)
            #expect(spans.allSatisfy { Set($0.keys) == ["start", "end", "label", "score"] })
        }
        let spans = try #require(rows[0]["spans"] as? [[String: Any]])
        let number = try #require(spans.last)
        let scalars = Array(text.unicodeScalars)
        let start = try #require(number["start"] as? Int), end = try #require(number["end"] as? Int)
        #expect(String(String.UnicodeScalarView(scalars[start..<end])) == "8833117")
        #expect(number["label"] as? String == "MRN")
        #expect(!(try #require(rows[1]["text"] as? String)).contains("zorblax"))
    }

    @Test("deidentify ends with 65 when a line can't be read; the line's text is not repeated")
    func deidentifyBadLine() throws {
        try folder.write("in.jsonl", "{\"id\":\"a\",\"text\":\"Normal.\"}\nMrs Quillfeather\n")
        let outcome = try Program.node.run(
            ["deidentify", "--input", "in.jsonl", "--output", "out.jsonl", "--json"], in: folder.url)
        #expect(outcome.code == 65)
        #expect((try Program.object(outcome)["problems"] as? [String])?.count == 1)
        #expect(outcome.errorText.contains("warning: Line 2"))
        #expect(!(outcome.text + outcome.errorText).contains("Quillfeather"))
        #expect(try lines("out.jsonl").count == 1)
    }

    @Test("train, evaluate, logits: a PEFT folder that lowers the loss on what it learned")
    func trainAndEvaluate() throws {
        let text = #"{"text":"The gallbladder shows no stones and no thickening of the wall.","patient":"a"}"#
        try folder.write("data.jsonl", text + "\n")
        let trained = try json(
            "train", "--model", Self.demoBase, "--data", "data.jsonl", "--out", "adapter", "--rank", "4", "--alpha",
            "8", "--targets", "attention", "--steps", "6", "--batch-tokens", "64", "--lr", "0.02", "--no-shuffle",
            "--seed", "3")
        #expect(trained["steps"] as? Int == 6)
        #expect(trained["epsilon"] == nil)
        for key in ["out", "supervisedTokens", "firstLoss", "lastLoss", "seconds", "tokensPerSecond"] {
            #expect(trained[key] != nil)
        }
        let metrics = try lines("adapter/metrics.jsonl")
        #expect(metrics.count == 6)
        #expect(metrics.allSatisfy { $0["step"] is Int && $0["loss"] is Double })
        let configuration = try #require(
            JSONSerialization.jsonObject(with: Data(contentsOf: folder.path("adapter/adapter_config.json")))
                as? [String: Any])
        #expect(configuration["peft_type"] as? String == "LORA")
        #expect(configuration["r"] as? Int == 4)
        let base = try json("evaluate", "--model", Self.demoBase, "--data", "data.jsonl")
        let tuned = try json("evaluate", "--model", Self.demoBase, "--data", "data.jsonl", "--adapter", "adapter")
        #expect(Set(base.keys) == ["bitsPerByte", "documents", "interval", "loss", "perplexity", "task", "tokens"])
        let before = try #require(base["loss"] as? Double), after = try #require(tuned["loss"] as? Double)
        #expect(after < 0.8 * before)
        let logits = try json(
            "logits", "--model", Self.demoBase, "--adapter", "adapter", "--ids", "5,6,7", "--out", "l.safetensors")
        let shape = try #require(logits["shape"] as? [Int])
        #expect(shape.first == 3)
        let tensor = try Safetensors(folder.path("l.safetensors"))
        #expect(tensor.shape == shape)
        #expect(tensor.type == "F32")
        #expect(tensor.values.count == shape.reduce(1, *))
        #expect(tensor.values.allSatisfy { $0.isFinite })
    }

    @Test("train --audit-canaries tests the guarantee, and consilium-admin audit finds the same in the output folder")
    func audited() throws {
        let lines = (0..<4).map { "{\"input_ids\":[\($0 + 9),7,8,9],\"patient\":\"P\($0)\"}" }
        try folder.write("data.jsonl", lines.joined(separator: "\n"))
        let trained = try json(
            "train", "--model", Self.demoBase, "--data", "data.jsonl", "--out", "adapter", "--steps", "2", "--rank",
            "1",
            "--targets", "q_proj", "--dp", "--clip", "0.1", "--noise-multiplier", "4", "--sampling-rate", "0.1",
            "--audit-canaries", "200", "--audit-score", "loss", "--audit-reports", "1")
        let found = try #require(trained["audit"] as? [String: Any])
        #expect(found["canaries"] as? Int == 200 && found["guesses"] as? Int == 20)
        #expect(found["verdict"] as? String == "consistent" && found["score"] as? String == "loss")
        let audit = try Program.admin.json(["audit", "adapter", "--home", "no-admin"], in: folder.url)
        #expect(audit["isClean"] as? Bool == true)
        let ledger = try #require((audit["ledgers"] as? [[String: Any]])?.first)
        let finding = try #require((ledger["audits"] as? [[String: Any]])?.first)
        #expect(finding["isRecounted"] as? Bool == true)
        #expect((finding["outcome"] as? [String: Any])?["correct"] as? Int == found["correct"] as? Int)
        let text = try Program.admin.run(["audit", "adapter", "--home", "no-admin"], in: folder.url).text
        #expect(text.contains("200 canaries, 20 guesses by loss") && text.contains("nothing speaks against the claim"))

        // One changed score is a violation.
        let scores = folder.path("adapter/audit/scores.json")
        try Data(String(contentsOf: scores, encoding: .utf8).replacing("[", with: "[1e9,").utf8).write(to: scores)
        _ = try Program.admin.json(["audit", "adapter", "--home", "no-admin"], in: folder.url, expecting: 1)
        for wrong in [["--audit-canaries", "1000"], ["--audit-canaries", "199", "--dp"]] {
            let refused = try Program.node.run(
                ["train", "--model", Self.demoBase, "--data", "data.jsonl", "--out", "other"] + wrong, in: folder.url)
            #expect([64, 65].contains(refused.code), "\(refused.text)")
        }
    }

    @Test("train --dp tells what it cost")
    func trainPrivately() throws {
        let rows = (0..<4).map { "{\"input_ids\":[5,6,7,\($0 + 8)],\"patient\":\($0)}\n" }
        try folder.write("data.jsonl", rows.joined())
        let trained = try json(
            "train", "--model", Self.demoBase, "--data", "data.jsonl", "--out", "adapter", "--steps", "2", "--dp",
            "--clip", "0.5", "--noise-multiplier", "2", "--sampling-rate", "0.5")
        let epsilon = try #require(trained["epsilon"] as? Double)
        #expect(epsilon > 0.5 && epsilon < 5)
        let alone = try Program.node.run(
            ["train", "--model", "m", "--data", "d", "--out", "o", "--clip", "1"], in: folder.url)
        #expect(alone.code == 64)
        #expect(alone.errorText.contains("need --dp"))
    }

    @Test("tokenize: a line of ids for each text")
    func tokenize() throws {
        try folder.write("in.jsonl", "{\"text\":\"The heart is normal.\"}\n{\"text\":\"\"}\n")
        let outcome = try json("tokenize", "--model", Self.demoBase, "--input", "in.jsonl", "--output", "out.jsonl")
        let rows = try lines("out.jsonl")
        #expect(rows.count == 2)
        #expect(rows.allSatisfy { Set($0.keys) == ["ids"] })
        let ids = try #require(rows[0]["ids"] as? [Int])
        #expect(ids.count >= 3)
        #expect(outcome["lines"] as? Int == 2)
        #expect(outcome["tokens"] as? Int == ids.count)
    }

    @Test("jobs and run need an enrolment, egress does not")
    func beforeEnrolment() throws {
        _ = try json("init", "node", "--site-config", "site.yaml")
        for command in [["jobs", "list"], ["jobs", "list", "--offline"], ["run", "--once"]] {
            let answer = try Program.node.json(command + ["--home", "node"], in: folder.url, expecting: 77)
            let error = try #require(answer["error"] as? [String: String])
            #expect(error["message"]?.contains("enroll") == true)
        }
        #expect((try json("egress", "list", "--home", "node")["entries"] as? [Any])?.isEmpty == true)
        let unknown = try json("egress", "show", "4", "--home", "node", expecting: 65)
        #expect((unknown["error"] as? [String: String])?["code"] == "node.bad-input")
    }
}
