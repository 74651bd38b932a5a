import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@testable import Node

@Suite("The de-identification filter over files")
struct FilterServiceTests {
    let folder: TemporaryFolder
    let key = String(repeating: "ab", count: 32)

    init() throws { folder = try TemporaryFolder() }

    struct Line: Decodable, Equatable {
        struct Span: Decodable, Equatable {
            var start: Int
            var end: Int
            var label: String
            var score: Double
        }
        var id: String
        var spans: [Span]
        var text: String
        var status: String
    }

    private func lines(_ name: String = "out.jsonl") throws -> [Line] {
        try DurableFile.read(folder.path(name)).split(separator: 10).map {
            try JSONDecoder().decode(Line.self, from: Data($0))
        }
    }

    private func run(
        _ input: String, known: String? = nil, policy: String = "safe-harbor", key: String? = nil,
        out: String = "out.jsonl"
    ) throws -> DeidentificationFilterService.Outcome {
        try DeidentificationFilterService(policy: policy, seedKey: key ?? self.key).run(
            input: folder.write("in.jsonl", input), output: folder.path(out),
            known: known.map { try folder.write("known.jsonl", $0) }, progress: { _ in })
    }

    @Test("each line gets one line with its id, spans in scalars of the input, the clean text and a status")
    func output() throws {
        let text = "🩻 Patient: Anna Quillfeather, MRN 8833117, phone (555) 201-3344."
        let outcome = try run("{\"id\":\"a\",\"text\":\"\(text)\"}\n\n{\"id\":\"b\",\"text\":\"Normal chest.\"}\n")
        #expect(outcome.lines == 2)
        #expect(outcome.clean + outcome.review == 2)
        #expect(outcome.problems.isEmpty)
        let lines = try lines()
        #expect(lines.map(\.id) == ["a", "b"])
        #expect(lines[1] == Line(id: "b", spans: [], text: "Normal chest.", status: "clean"))
        let scalars = Array(text.unicodeScalars)
        let found = lines[0].spans.map { span in
            String(String.UnicodeScalarView(scalars[span.start..<span.end]))
        }
        #expect(found.contains { $0.contains("Quillfeather") })
        #expect(found.contains("8833117"))
        #expect(!lines[0].text.contains("Quillfeather"))
        #expect(!lines[0].text.contains("8833117"))
        #expect(lines[0].spans.allSatisfy { (0...1).contains($0.score) })
    }

    @Test("known identifiers are found where no rule would, and only for their own line")
    func known() throws {
        // What nothing but the record could take for a name.
        let text = "took zorblaxine 5 mg"
        _ = try run(
            "{\"id\":\"a\",\"text\":\"\(text)\"}\n{\"id\":\"b\",\"text\":\"\(text)\"}\n",
            known: "{\"id\":\"a\",\"known\":[{\"value\":\"Zorblaxine\",\"label\":\"NAME\"}]}\n")
        let lines = try lines()
        #expect(!lines[0].text.contains("zorblaxine"))
        #expect(lines[0].spans.map(\.start) == [5])
        #expect(lines[0].spans.map(\.end) == [15])
        #expect(lines[1].text.contains("zorblaxine"))
    }

    @Test("a malformed line is named by its number without its content, and the rest goes on")
    func malformed() throws {
        let outcome = try run(
            "{\"id\":\"a\",\"text\":\"Normal.\"}\nMrs Quillfeather\n{\"id\":\"c\"}\n{\"id\":\"d\",\"text\":\"Fine.\"}\n"
        )
        #expect(outcome.lines == 2)
        #expect(outcome.problems.count == 2)
        #expect(outcome.problems[0].contains("Line 2"))
        #expect(outcome.problems[1].contains("Line 3"))
        #expect(!outcome.problems.joined().contains("Quillfeather"))
        #expect(try lines().map(\.id) == ["a", "d"])
    }

    @Test("the same key gives the same surrogates, another key others")
    func surrogates() throws {
        let line = "{\"id\":\"a\",\"text\":\"Patient: Anna Quillfeather, MRN 8833117, seen on 03/04/2021.\"}\n"
        _ = try run(line, policy: "limited-data-set", out: "first.jsonl")
        _ = try run(line, policy: "limited-data-set", out: "second.jsonl")
        _ = try run(line, policy: "limited-data-set", key: String(repeating: "cd", count: 32), out: "third.jsonl")
        #expect(try lines("first.jsonl") == lines("second.jsonl"))
        #expect(try lines("first.jsonl")[0].text != lines("third.jsonl")[0].text)
        #expect(try !lines("first.jsonl")[0].text.contains("Quillfeather"))
    }

    @Test("a bad key is refused without being repeated", arguments: ["abc", "xyz", String(repeating: "a", count: 30)])
    func badKey(key: String) throws {
        let error = try #require(throws: NodeError.self) {
            try DeidentificationFilterService(policy: "safe-harbor", seedKey: key)
        }
        #expect(error.code == .badInput)
        #expect(!error.message.contains(key))
    }

    @Test("when the input is missing nothing is written, also no part of a file")
    func missingInput() throws {
        let service = try DeidentificationFilterService(policy: "safe-harbor", seedKey: key)
        #expect(throws: CoreError(.fileUnreadable, "")) {
            try service.run(
                input: folder.path("absent"), output: folder.path("out.jsonl"), known: nil, progress: { _ in })
        }
        #expect(throws: CoreError(.fileUnwritable, "")) {
            try service.run(
                input: folder.write("in.jsonl", "{}\n"), output: folder.path("none/out.jsonl"), known: nil,
                progress: { _ in })
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["in.jsonl"])
    }

    @Test(
        "files that are the same one are refused and stay as they are",
        arguments: [
            ("in.jsonl", "in.jsonl", nil), ("in.jsonl", "sub/../in.jsonl", nil), ("in.jsonl", "soft.jsonl", nil),
            ("in.jsonl", "hard.jsonl", nil), ("out.jsonl.part", "out.jsonl", nil),
            ("in.jsonl", "known.jsonl", "known.jsonl"), ("in.jsonl", "out.jsonl", "in.jsonl"),
            ("in.jsonl", "out.jsonl", "hard.jsonl"),
        ] as [(String, String, String?)])
    func sameFile(_ row: (input: String, output: String, known: String?)) throws {
        let lines = "{\"id\":\"a\",\"text\":\"Fine.\"}\nnot json\n"
        for name in ["in.jsonl", "known.jsonl", "out.jsonl.part"] { try folder.write(name, lines) }
        try FileManager.default.createDirectory(at: folder.path("sub"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: folder.path("soft.jsonl"), withDestinationURL: folder.path("in.jsonl"))
        try FileManager.default.linkItem(at: folder.path("in.jsonl"), to: folder.path("hard.jsonl"))
        let service = try DeidentificationFilterService(policy: "safe-harbor", seedKey: key)
        let error = try #require(throws: NodeError.self) {
            try service.run(
                input: folder.path(row.input), output: folder.path(row.output), known: row.known.map(folder.path),
                progress: { _ in })
        }
        #expect(error.code == .badInput)
        for name in ["in.jsonl", "known.jsonl", "out.jsonl.part", "hard.jsonl"] {
            #expect(try String(decoding: DurableFile.read(folder.path(name)), as: UTF8.self) == lines)
        }
    }

    @Test("a file whose last line has no line feed loses nothing")
    func lastLine() throws {
        #expect(try run("{\"id\":\"a\",\"text\":\"One.\"}\r\n{\"id\":\"b\",\"text\":\"Two.\"}").lines == 2)
        #expect(try lines().map(\.text) == ["One.", "Two."])
        #expect(try run("").lines == 0)
        #expect(try DurableFile.read(folder.path("out.jsonl")).isEmpty)
    }

    @Test("a file without line ends is refused before it fills the memory")
    func endlessLine() throws {
        let file = folder.path("endless.jsonl")
        #expect(FileManager.default.createFile(atPath: file.path, contents: nil))
        let handle = try FileHandle(forWritingTo: file)
        // Zeros that take no place on the disk.
        try handle.truncate(atOffset: 200 << 20)
        try handle.close()
        let error = try #require(throws: NodeError.self) { try LineReader(file).forEach { _, _ in } }
        #expect(error.code == .badInput)
        #expect(error.message.contains("line 1 is longer than 64 MiB"))
        // A long line is no fault as long as it is below the limit.
        var lengths: [Int] = []
        try LineReader(folder.write("long", String(repeating: "x", count: 3 << 20) + "\ny")).forEach { line, _ in
            lengths.append(line.count)
        }
        #expect(lengths == [3 << 20, 1])
    }

    @Test("lines are numbered from one and have their exact bytes", arguments: [1, 7, 4096, 1 << 20])
    func lineReader(length: Int) throws {
        let rows = (0..<5).map { String(repeating: "\($0)", count: length + $0) }
        let file = try folder.write("rows", rows.joined(separator: "\n") + "\n")
        var read: [String] = []
        var numbers: [Int] = []
        try LineReader(file).forEach { line, number in
            read.append(String(decoding: line, as: UTF8.self))
            numbers.append(number)
        }
        #expect(read == rows)
        #expect(numbers == [1, 2, 3, 4, 5])
    }

    @Test("any number of threads gives the same bytes in the same order")
    func threads() throws {
        let rows = (0..<700).map {
            $0 % 97 == 5 ? "not json \($0)" : "{\"id\":\"\($0)\",\"text\":\"Dr. Tanaka, MRN 88\($0)31\"}"
        }
        let input = try folder.write("in.jsonl", rows.joined(separator: "\n"))
        var outputs: [Data] = []
        for threads in [1, 3, 16] {
            let outcome = try DeidentificationFilterService(policy: "safe-harbor", seedKey: key, threads: threads).run(
                input: input, output: folder.path("out.jsonl"), known: nil, progress: { _ in })
            #expect(outcome.lines == 692 && outcome.problemCount == 8 && outcome.problems[0].contains("Line 6"))
            outputs.append(try DurableFile.read(folder.path("out.jsonl")))
        }
        #expect(outputs[0] == outputs[1] && outputs[0] == outputs[2])
        for threads in [0, -1, 257] {
            #expect(throws: NodeError.code(.badInput)) {
                try DeidentificationFilterService(policy: "safe-harbor", seedKey: key, threads: threads)
            }
        }
        #expect(throws: NodeError.code(.badInput)) {
            try DeidentificationFilterService(policy: "safe-harbor", language: "klingon", seedKey: key)
        }
    }

    @Test("a note of 100 MB is quarantined, and the rest goes on")
    func hugeNote() throws {
        let file = folder.path("in.jsonl")
        var line = Data("{\"id\":\"big\",\"text\":\"".utf8)
        line.append(Data(repeating: UInt8(ascii: "x"), count: 100 << 20))
        line.append(Data("\"}\n{\"id\":\"b\",\"text\":\"Mr. Tanaka\"}\n".utf8))
        try line.write(to: file)
        let outcome = try DeidentificationFilterService(policy: "safe-harbor", seedKey: key).run(
            input: file, output: folder.path("out.jsonl"), known: nil, progress: { _ in })
        #expect(outcome.quarantine == 1 && outcome.clean == 1 && outcome.problemCount == 0)
        #expect(try lines().map(\.text) == ["", "Mr. [NAME]"])
    }

    @Test("a line that no memory can hold is named and passed over")
    func overlong() throws {
        var numbers: [Int] = [], passedOver: [Int] = []
        let rows = ["a", String(repeating: "x", count: 3 << 20), "b", String(repeating: "y", count: 3 << 20)]
        try LineReader(folder.write("rows", rows.joined(separator: "\n")), longestLine: 1 << 20).forEach(
            { line, number in
                #expect(line.count == 1)
                numbers.append(number)
            }, tooLong: { passedOver.append($0) })
        #expect(numbers == [1, 3] && passedOver == [2, 4])
    }
}
