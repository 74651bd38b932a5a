/// The functions of cuBLASLt that are used. Its handles and descriptors are opaque; every function returns 0 or a status.
struct MatmulAPI: Sendable {
    typealias Opaque = UnsafeMutableRawPointer
    typealias OpaqueOut = UnsafeMutablePointer<UnsafeMutableRawPointer?>

    /// The library's numbers for types and attributes.
    enum Constant {
        static let float32: Int32 = 0
        static let bfloat16: Int32 = 14
        static let computeFloat32: Int32 = 68
        static let transposeA: Int32 = 3
        static let transposeB: Int32 = 4
        static let workspaceBytes: Int32 = 1
        /// Of A, B, C and D, one after the other.
        static let alignments: [Int32] = [5, 6, 7, 8]
    }

    /// What the heuristic returns for one algorithm: 64 bytes of the algorithm, the workspace it needs, a status, and figures
    /// that are not used.
    static let heuristicBytes = 96
    static let statusOffset = 72

    let name: String
    let version: @convention(c) () -> Int
    let create: @convention(c) (OpaqueOut) -> Int32
    let destroy: @convention(c) (Opaque?) -> Int32
    let createOperation: @convention(c) (OpaqueOut, Int32, Int32) -> Int32
    let setOperation: @convention(c) (Opaque?, Int32, UnsafeRawPointer?, Int) -> Int32
    let destroyOperation: @convention(c) (Opaque?) -> Int32
    let createLayout: @convention(c) (OpaqueOut, Int32, UInt64, UInt64, Int64) -> Int32
    let destroyLayout: @convention(c) (Opaque?) -> Int32
    let createPreference: @convention(c) (OpaqueOut) -> Int32
    let setPreference: @convention(c) (Opaque?, Int32, UnsafeRawPointer?, Int) -> Int32
    let destroyPreference: @convention(c) (Opaque?) -> Int32
    let heuristics:
        @convention(c) (
            Opaque?, Opaque?, Opaque?, Opaque?, Opaque?, Opaque?, Opaque?, Int32, Opaque?, UnsafeMutablePointer<Int32>
        ) -> Int32
    let multiply:
        @convention(c) (
            Opaque?, Opaque?, UnsafeRawPointer?, UInt64, Opaque?, UInt64, Opaque?, UnsafeRawPointer?, UInt64, Opaque?,
            UInt64, Opaque?, UnsafeRawPointer?, UInt64, Int, Opaque?
        ) -> Int32

    /// - Throws: ``CUDAError`` `.libraryTooOld`.
    init(_ library: any SymbolTable) throws {
        name = library.name
        version = try library.function("cublasLtGetVersion")
        create = try library.function("cublasLtCreate")
        destroy = try library.function("cublasLtDestroy")
        createOperation = try library.function("cublasLtMatmulDescCreate")
        setOperation = try library.function("cublasLtMatmulDescSetAttribute")
        destroyOperation = try library.function("cublasLtMatmulDescDestroy")
        createLayout = try library.function("cublasLtMatrixLayoutCreate")
        destroyLayout = try library.function("cublasLtMatrixLayoutDestroy")
        createPreference = try library.function("cublasLtMatmulPreferenceCreate")
        setPreference = try library.function("cublasLtMatmulPreferenceSetAttribute")
        destroyPreference = try library.function("cublasLtMatmulPreferenceDestroy")
        heuristics = try library.function("cublasLtMatmulAlgoGetHeuristic")
        multiply = try library.function("cublasLtMatmul")
    }
}
