/// NVIDIA's run-time compiler, NVRTC: kernel source in, machine code for one kind of GPU out.
struct CompilerAPI: Sendable {
    typealias Program = UnsafeMutableRawPointer
    typealias Text = UnsafePointer<CChar>

    let name: String
    /// Such as (13, 0).
    let version: (major: Int32, minor: Int32)
    private let create:
        @convention(c) (
            UnsafeMutablePointer<Program?>, Text?, Text?, Int32, UnsafePointer<Text?>?, UnsafePointer<Text?>?
        ) -> Int32
    private let compile: @convention(c) (Program?, Int32, UnsafePointer<Text?>?) -> Int32
    private let destroy: @convention(c) (UnsafeMutablePointer<Program?>) -> Int32
    private let logSize: @convention(c) (Program?, UnsafeMutablePointer<Int>) -> Int32
    private let log: @convention(c) (Program?, UnsafeMutablePointer<CChar>?) -> Int32
    private let binarySize: @convention(c) (Program?, UnsafeMutablePointer<Int>) -> Int32
    private let binary: @convention(c) (Program?, UnsafeMutableRawPointer?) -> Int32
    private let errorText: @convention(c) (Int32) -> Text?

    /// - Throws: ``CUDAError`` `.libraryTooOld`.
    init(_ library: any SymbolTable) throws {
        name = library.name
        typealias VersionFunction =
            @convention(c) (UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>) -> Int32
        let version: VersionFunction = try library.function("nvrtcVersion")
        create = try library.function("nvrtcCreateProgram")
        compile = try library.function("nvrtcCompileProgram")
        destroy = try library.function("nvrtcDestroyProgram")
        logSize = try library.function("nvrtcGetProgramLogSize")
        log = try library.function("nvrtcGetProgramLog")
        binarySize = try library.function("nvrtcGetCUBINSize")
        binary = try library.function("nvrtcGetCUBIN")
        errorText = try library.function("nvrtcGetErrorString")
        var (major, minor): (Int32, Int32) = (0, 0)
        guard version(&major, &minor) == 0 else {
            throw CUDAError(.libraryTooOld, "\(library.name) does not tell its version. Install NVRTC again.")
        }
        self.version = (major, minor)
    }

    /// Machine code (a cubin).
    ///
    /// - Parameter headers: name and text of what the source includes; nothing is read from disk.
    /// - Throws: ``CUDAError`` `.compilationFailed` with the beginning of the compiler's log.
    func machineCode(
        _ source: String, file: String, headers: [(name: String, text: String)], options: [String]
    ) throws -> [UInt8] {
        var program: Program?
        let created = Self.withTexts(headers.map(\.text)) { texts in
            Self.withTexts(headers.map(\.name)) { names in
                create(&program, source, file, Int32(headers.count), texts, names)
            }
        }
        guard created == 0, program != nil else { throw failure(created, file, "") }
        defer { _ = destroy(&program) }
        let code = Self.withTexts(options) { compile(program, Int32(options.count), $0) }
        guard code == 0 else { throw failure(code, file, log(of: program)) }
        var size = 0
        guard binarySize(program, &size) == 0, size > 0, size < 1 << 30 else { throw failure(code, file, "no code") }
        var bytes = [UInt8](repeating: 0, count: size)
        let read = bytes.withUnsafeMutableBytes { binary(program, $0.baseAddress) }
        guard read == 0 else { throw failure(read, file, "") }
        return bytes
    }

    private func log(of program: Program?) -> String {
        var size = 0
        guard logSize(program, &size) == 0, size > 1, size < 1 << 24 else { return "" }
        var text = [CChar](repeating: 0, count: size + 1)
        guard log(program, &text) == 0 else { return "" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func failure(_ code: Int32, _ file: String, _ log: String) -> CUDAError {
        let reason = errorText(code).map { String(cString: $0) } ?? "error \(code)"
        let detail = log.isEmpty ? "" : " The compiler says: “\(log.prefix(600))”."
        return CUDAError(
            .compilationFailed,
            "The kernels in \(file) can't be compiled by \(name) (\(reason)). Install another NVRTC, or use --device cpu.\(detail)"
        )
    }

    /// The texts as C strings that live as long as the call.
    private static func withTexts<Result>(_ texts: [String], _ body: (UnsafePointer<Text?>?) -> Result) -> Result {
        var bytes: [CChar] = []
        var starts: [Int] = []
        for text in texts {
            starts.append(bytes.count)
            bytes += text.utf8CString
        }
        return bytes.withUnsafeBufferPointer { bytes in
            let pointers = starts.map { start in bytes.baseAddress.map { $0 + start } }
            return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }
}
