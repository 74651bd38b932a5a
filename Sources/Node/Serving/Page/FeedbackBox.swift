public import ConsiliumCore
internal import Crypto
public import Foundation

/// Feedback, sealed record by record with AES-256-GCM (NIST SP 800-38D) and appended to one file.
///
/// Each line is a nonce, a sealed record and its tag in Base64, bound to its place by its number: a record that is
/// changed, moved or taken out of the middle is noticed when the file is read. Lines cut off at the end are not. The
/// key lies beside it, for this user alone.
public actor FeedbackBox {
    private let file: URL
    private let key: SymmetricKey
    private var count: Int
    /// In bytes.
    static let largestFile = 1 << 28
    static let largestRecord = 1 << 20

    /// Opens the box in `folder`, or makes one.
    /// - Throws: ``NodeError`` `.badInput` for a key that other users may read or that is none; `.stateUnreadable` if
    ///   the box is there without its key; errors of the disk.
    public init(folder: URL, random: any SecureRandom = SystemRandom()) throws {
        try DurableFile.createFolder(folder)
        file = folder.appendingPathComponent("feedback.sealed")
        let keyFile = folder.appendingPathComponent("feedback.key")
        let manager = FileManager.default
        if manager.fileExists(atPath: keyFile.path) {
            key = try Self.key(keyFile)
        } else {
            guard !manager.fileExists(atPath: file.path) else {
                throw NodeError(
                    .stateUnreadable,
                    "\(file.path) is there without its key \(keyFile.lastPathComponent). Restore the key from the backup."
                )
            }
            let bytes = try random.bytes(32)
            try DurableFile.write(Data((bytes.hexadecimal + "\n").utf8), to: keyFile, permissions: 0o600)
            key = SymmetricKey(data: bytes)
        }
        if !manager.fileExists(atPath: file.path) { try DurableFile.write(Data(), to: file, permissions: 0o600) }
        count = try Self.repaired(file)
    }

    private static func key(_ file: URL) throws -> SymmetricKey {
        let permissions = try? FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int
        let text = String(decoding: try DurableFile.read(file, limit: 4096), as: UTF8.self)
        guard let permissions, permissions & 0o077 == 0,
            let bytes = Data(hexadecimal: text.trimmingCharacters(in: .whitespacesAndNewlines)), bytes.count == 32
        else {
            throw NodeError(
                .badInput,
                "\(file.path) must hold 64 hexadecimal digits and be readable by this user alone. Restore it from the backup, or run: chmod 600 \(file.path)"
            )
        }
        return SymmetricKey(data: bytes)
    }

    /// All records of the box in `folder`, in order, without changing anything there: its server may be running.
    /// - Throws: ``NodeError`` `.badInput` if there is no box or its key can't be used, `.stateUnreadable` if a record was
    ///   changed.
    public static func records(in folder: URL) throws -> [FeedbackRecord] {
        let file = folder.appendingPathComponent("feedback.sealed")
        guard FileManager.default.fileExists(atPath: file.path) else {
            throw NodeError(
                .badInput, "There is no feedback in \(folder.path). Name the server's folder with --state or --home.")
        }
        return try records(in: file, key: key(folder.appendingPathComponent("feedback.key")))
    }

    /// Counts the records; half a line at the end, from a write that a crash cut short, is cut off.
    private static func repaired(_ file: URL) throws -> Int {
        let data = try DurableFile.read(file, limit: largestFile)
        let end = data.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
        if end < data.count { try DurableFile.write(data[..<end], to: file, permissions: 0o600) }
        return data[..<end].count { $0 == 0x0a }
    }

    private static func context(_ number: Int) -> Data { Data("consilium feedback 1, record \(number)".utf8) }

    /// Adds a record; it is on the disk when this returns.
    /// - Throws: ``NodeError`` `.badInput` for a record that is too long, `.stateUnwritable` when the disk or the box
    ///   is full.
    public func add(_ record: FeedbackRecord) throws {
        let plain = try CanonicalJSON.encode(record)
        guard plain.count <= Self.largestRecord else {
            throw NodeError(.badInput, "The feedback is too long. Shorten it.")
        }
        do {
            let sealed = try AES.GCM.seal(plain, using: key, authenticating: Self.context(count)).combined ?? Data()
            let handle = try FileHandle(forWritingTo: file)
            defer { try? handle.close() }
            let end = try handle.seekToEnd()
            guard end < UInt64(Self.largestFile - 2 * Self.largestRecord) else {
                throw NodeError(.stateUnwritable, "The box of feedback is full. Export it and begin another one.")
            }
            do {
                try handle.write(contentsOf: sealed.base64EncodedData() + Data([0x0a]))
                try handle.synchronize()
            } catch {
                try? handle.truncate(atOffset: end)
                throw error
            }
            count += 1
        } catch let error as NodeError {
            throw error
        } catch {
            throw NodeError(
                .stateUnwritable, "The feedback can't be stored. Check the disk of \(file.path).", cause: error)
        }
    }

    /// All records, in order.
    /// - Throws: ``NodeError`` `.stateUnreadable` if one was changed or the key is another one.
    public func records() throws -> [FeedbackRecord] { try Self.records(in: file, key: key) }

    private static func records(in file: URL, key: SymmetricKey) throws -> [FeedbackRecord] {
        let data = try DurableFile.read(file, limit: largestFile)
        // A line that is being written at this moment has no end yet.
        let whole = data[..<(data.lastIndex(of: 0x0a) ?? data.startIndex)]
        return try whole.split(separator: 0x0a).enumerated().map { number, line in
            guard let sealed = Data(base64Encoded: Data(line)),
                let plain = try? AES.GCM.open(
                    AES.GCM.SealedBox(combined: sealed), using: key, authenticating: context(number))
            else {
                throw NodeError(
                    .stateUnreadable,
                    "Record \(number + 1) of \(file.path) was changed, or its key is another one. Restore both from the same backup."
                )
            }
            return try CanonicalJSON.decode(FeedbackRecord.self, from: plain)
        }
    }
}
