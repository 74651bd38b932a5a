import ConsiliumCore
import ConsiliumTesting
import Foundation
import Testing

@Suite("Durable files")
struct DurableFileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    }

    private func permissions(_ url: URL) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int)
    }

    @Test("what is written is read again, and nothing else is left in the folder", arguments: [0, 1, 4096, 3 << 20])
    func roundTrip(count: Int) throws {
        let data = try SeededRandom(seed: UInt64(count)).bytes(count)
        let file = folder.path("state.bin")
        try DurableFile.write(data, to: file)
        #expect(try DurableFile.read(file) == data)
        #expect(try names() == ["state.bin"])
    }

    @Test("a file is replaced as a whole: the new content has nothing of a longer old one")
    func replacement() throws {
        let file = try folder.write("state.json", String(repeating: "old ", count: 1000))
        try DurableFile.write(Data("new".utf8), to: file)
        #expect(try DurableFile.read(file) == Data("new".utf8))
    }

    @Test("a file is for its user alone unless it is said otherwise")
    func filePermissions() throws {
        try DurableFile.write(Data(), to: folder.path("secret"))
        try DurableFile.write(Data(), to: folder.path("public"), permissions: 0o644)
        #expect(try permissions(folder.path("secret")) == 0o600)
        #expect(try permissions(folder.path("public")) & 0o600 == 0o600)
        // A file that was open to all does not stay so when a secret takes its place.
        try DurableFile.write(Data("key".utf8), to: folder.path("public"))
        #expect(try permissions(folder.path("public")) == 0o600)
    }

    @Test("a folder is made with its parents, for its user alone; an existing one is kept as it is")
    func folders() throws {
        let deep = folder.path("a/b/c")
        try DurableFile.createFolder(deep)
        #expect(try permissions(deep) == 0o700)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: deep.path)
        try folder.write("a/b/c/kept", "kept")
        try DurableFile.createFolder(deep)
        #expect(try permissions(deep) == 0o755)
        #expect(try DurableFile.read(folder.path("a/b/c/kept")) == Data("kept".utf8))
    }

    @Test("a folder can't take the place of a file")
    func folderOverFile() throws {
        try folder.write("taken", "a file")
        #expect(throws: CoreError(.fileUnwritable, "")) { try DurableFile.createFolder(folder.path("taken/deeper")) }
        #expect(try DurableFile.read(folder.path("taken")) == Data("a file".utf8))
    }

    @Test("writing into a missing folder is refused with its path, and the folder is not made")
    func missingFolder() throws {
        let error = #expect(throws: CoreError.self) {
            try DurableFile.write(Data("x".utf8), to: folder.path("absent/file"))
        }
        #expect(error?.code == .fileUnwritable)
        #expect(error?.message.contains("absent") == true)
        #expect(try names().isEmpty)
    }

    @Test("a failed write leaves the old content, and no half of the new one")
    func failure() throws {
        // A rename can't put a file in the place of a folder that has something in it.
        let target = folder.path("target")
        try folder.write("target/inside", "old")
        #expect(throws: CoreError(.fileUnwritable, "")) { try DurableFile.write(Data("new".utf8), to: target) }
        #expect(try names() == ["target"])
        #expect(try DurableFile.read(folder.path("target/inside")) == Data("old".utf8))
    }

    @Test("a move replaces the target; one that fails leaves both as they were")
    func moves() throws {
        let source = try folder.write("part", "new")
        let target = try folder.write("whole", "old")
        try DurableFile.move(source, to: target)
        #expect(try names() == ["whole"])
        #expect(try DurableFile.read(target) == Data("new".utf8))
        #expect(throws: CoreError(.fileUnwritable, "")) { try DurableFile.move(folder.path("absent"), to: target) }
        #expect(try DurableFile.read(target) == Data("new".utf8))
    }

    @Test("a file above the limit is not read, one at the limit is")
    func readLimit() throws {
        let file = try folder.write("large", Data(count: 1001))
        #expect(throws: CoreError(.fileUnreadable, "")) { try DurableFile.read(file, limit: 1000) }
        #expect(try DurableFile.read(file, limit: 1001).count == 1001)
    }

    @Test("a missing file and a folder can't be read, and the message names the path")
    func unreadable() throws {
        try DurableFile.createFolder(folder.path("a-folder"))
        for name in ["absent", "a-folder"] {
            let error = #expect(throws: CoreError.self) { try DurableFile.read(folder.path(name)) }
            #expect(error?.code == .fileUnreadable)
            #expect(error?.message.contains(folder.path(name).path) == true)
        }
    }

    @Test("writers at the same time never leave a mixture")
    func concurrentWriters() async throws {
        let file = folder.path("shared")
        await withTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    try? DurableFile.write(Data(repeating: UInt8(writer), count: 100_000), to: file)
                }
            }
        }
        let data = try DurableFile.read(file)
        #expect(data.count == 100_000)
        #expect(Set(data).count == 1)
        #expect(try names() == ["shared"])
    }

    @Test("a named pipe or a device is refused instead of being replaced by a file")
    func devices() throws {
        let pipe = folder.path("pipe")
        #expect(mkfifo(pipe.path, 0o600) == 0)
        #expect(throws: CoreError(.fileUnwritable, "")) { try DurableFile.write(Data([1]), to: pipe) }
        #expect(throws: CoreError(.fileUnwritable, "")) {
            try DurableFile.write(Data([1]), to: URL(fileURLWithPath: "/dev/null"))
        }
        #expect(try names() == ["pipe"])
    }
}
