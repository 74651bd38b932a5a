import ConsiliumTesting
import Foundation
import Testing

@Suite("What goes where, and how a program ends")
struct OutputTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    struct Call: Sendable, CustomTestStringConvertible {
        let program: Program
        let words: [String]
        let code: Int32
        var testDescription: String { ([program.name] + words).joined(separator: " ") }

        init(_ program: Program, _ words: String, _ code: Int32) {
            self.program = program
            self.words = words.split(separator: " ").map(String.init)
            self.code = code
        }
    }

    static let failures: [Call] = [
        Call(.node, "jobs list", 64), Call(.node, "jobs show demo-1", 64), Call(.node, "run --once", 64),
        Call(.node, "egress list", 64), Call(.node, "import site.yaml", 64), Call(.node, "doctor --nonsense", 64),
        Call(.node, "init", 64), Call(.node, "init node --site-config absent.yaml", 74),
        Call(.node, "init node --site-config bad.yaml", 65), Call(.node, "jobs show UPPER --home node", 64),
        Call(.node, "sample-reports --specialty astrology --out o", 65),
        Call(.node, "sample-reports --specialty pathology --count -3 --out o", 64),
        Call(.node, "sample-reports --specialty pathology --count 0 --out o", 65),
        Call(.node, "sample-reports --specialty pathology --format pdf --out o", 65),
        Call(.node, "deidentify --input absent --output o", 74),
        Call(.node, "deidentify --input lines --output o --policy strict", 65),
        Call(.node, "deidentify --input lines --output o --seed-key xyz", 65),
        Call(.node, "train --model absent --data lines --out o", 74), Call(.node, "train", 64),
        Call(.node, "train --model absent --data lines --out o --device tpu", 64),
        Call(.node, "train --model absent --data lines --out o --lr many", 64),
        Call(.node, "evaluate --model absent --data lines --task mcq", 74),
        Call(.node, "evaluate --model absent --data lines", 74),
        Call(.node, "logits --model absent --ids 1,2 --out o", 74),
        Call(.node, "logits --model absent --ids a --out o", 65),
        Call(.node, "tokenize --model absent --input lines --output o", 65), Call(.node, "serve", 64),
        Call(.coordinator, "init co", 64), Call(.coordinator, "init co --host bad_host!", 64),
        Call(.coordinator, "serve", 64), Call(.coordinator, "serve --config absent.yaml", 74),
        Call(.coordinator, "status --config absent.yaml", 74), Call(.coordinator, "serve --config bad.yaml", 65),
        Call(.admin, "clinics list", 64), Call(.admin, "status", 64), Call(.admin, "job list", 64),
        Call(.admin, "token create --clinic lakeside", 64), Call(.admin, "model card x", 64),
        Call(.admin, "audit absent", 74), Call(.admin, "audit bad.yaml --expect-head nonsense", 64),
        Call(.admin, "init adm --consortium T --coordinator-request bad.yaml", 65),
        Call(.admin, "init adm --consortium T --coordinator-request absent", 74), Call(.admin, "frobnicate", 64),
    ]

    @Test(
        "a failure: its code, one error line that is a sentence, one JSON object, nothing left behind",
        arguments: failures)
    func failure(call: Call) throws {
        try folder.write("lines", "{\"text\":\"Mrs Quillfeather\"\n")
        try folder.write("bad.yaml", "clinic:\n  idd: lakeside # Quillfeather\n")
        try folder.write("site.yaml", "clinic:\n  id: lakeside\n")
        let before = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
        let plain = try call.program.run(call.words, in: folder.url)
        #expect(plain.code == call.code, "\(plain.errorText)")
        #expect(plain.output.isEmpty)
        let lines = plain.errorText.split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("error: ") }.count == 1)
        let sentence = try #require(lines.first { $0.hasPrefix("error: ") })
        #expect([".", "?"].contains(sentence.suffix(1)), "\(sentence)")
        #expect(!plain.errorText.contains("Quillfeather"))

        let machine = try call.program.run(call.words + ["--json"], in: folder.url)
        #expect(machine.code == call.code)
        let object = try Program.object(machine)
        #expect(Array(object.keys) == ["error"])
        let error = try #require(object["error"] as? [String: String])
        #expect(Set(error.keys) == ["category", "code", "message"])
        #expect(error["message"]?.isEmpty == false)
        #expect(!machine.text.contains("Quillfeather"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted() == before)
    }

    @Test("progress and notes never reach standard output, and --quiet keeps standard error empty")
    func progress() throws {
        let lines = (0..<20).map { "{\"id\":\"\($0)\",\"text\":\"Normal chest.\"}\n" }.joined()
        try folder.write("in.jsonl", lines)
        let words = ["deidentify", "--input", "in.jsonl", "--output", "out.jsonl", "--json"]
        let loud = try Program.node.run(words, in: folder.url)
        #expect(loud.code == 0)
        #expect(loud.errorText.contains("de-identify"))
        _ = try Program.object(loud)
        let quiet = try Program.node.run(words + ["--quiet"], in: folder.url)
        #expect(quiet.output == loud.output)
        #expect(quiet.errorText.isEmpty)
    }

    @Test("without a terminal no control characters are written")
    func noEscapes() throws {
        let outcome = try Program.node.run(
            ["sample-reports", "--specialty", "pathology", "--count", "3", "--out", "reports"], in: folder.url)
        #expect(outcome.code == 0)
        #expect(!(outcome.text + outcome.errorText).contains("\u{1B}"))
        #expect(!(outcome.text + outcome.errorText).contains("\r"))
    }

    @Test(
        "a result that can't be written is an I/O error, not a success",
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "This system has no /dev/full."))
    func fullOutput() throws {
        let outcome = try Program.node.run(
            ["doctor", "--json"], in: folder.url, shell: ["/bin/sh", "-c", "exec \"$@\" >/dev/full", "sh"])
        #expect(outcome.code == 74)
        #expect(outcome.errorText.contains("error: The result can't be written"))
    }

    @Test(
        "a reader that goes away ends a command with an I/O error, not with a signal",
        arguments: [["doctor"], ["deidentify", "--input", "in.jsonl", "--output", "-"]])
    func closedPipe(words: [String]) throws {
        try folder.write("in.jsonl", #"{"id":"a","text":"The heart is of normal size."}"#)
        let outcome = try Program.node.run(
            words, in: folder.url,
            shell: ["/bin/sh", "-c", "{ sleep 0.2; \"$@\"; echo $? >code; } | true", "sh"])
        #expect(outcome.code == 0)
        #expect(try String(contentsOf: folder.path("code"), encoding: .utf8) == "74\n")
    }

    /// A file system of 64 KiB of our own, in a name space of its own.
    private static let smallDisk = [
        "unshare", "--user", "--map-root-user", "--mount", "/bin/sh", "-c",
        "mkdir -p disk && mount -t tmpfs -o size=64k none disk && { test ! -f old || cp old disk/out.jsonl; } && \"$@\"; "
            + "code=$?; ls -A disk >listing; cp disk/out.jsonl kept 2>/dev/null; exit $code", "sh",
    ]

    private static let hasSmallDisk: Bool = {
        guard let folder = try? TemporaryFolder() else { return false }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = Array(smallDisk + ["true"])
        process.currentDirectoryURL = folder.url
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    @Test(
        "a full disk: 74, the old file is still there and no part of a new one",
        .enabled(if: hasSmallDisk, "This user can't mount a file system of its own (unshare)."),
        arguments: ["tokenize", "deidentify"])
    func fullDisk(command: String) throws {
        let text = String(repeating: "The heart is of normal size. ", count: 60)
        let lines = (0..<60).map { "{\"id\":\"\($0)\",\"text\":\"\(text)\"}\n" }.joined()
        try folder.write("in.jsonl", lines)
        try folder.write("old", "the old content\n")
        var words = [command, "--input", "in.jsonl", "--output", "disk/out.jsonl"]
        if command == "tokenize" { words += ["--model", NodeCommandTests.demoBase] }
        let outcome = try Program.node.run(words, in: folder.url, shell: ["/usr/bin/env"] + Self.smallDisk)
        #expect(outcome.code == 74)
        #expect(outcome.errorText.contains("disk is full") || outcome.errorText.contains("Free some space"))
        #expect(try String(contentsOf: folder.path("listing"), encoding: .utf8) == "out.jsonl\n")
        #expect(try String(contentsOf: folder.path("kept"), encoding: .utf8) == "the old content\n")
    }
}
