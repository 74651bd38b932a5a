/// The driver's functions for work that is recorded and started again as one.
struct GraphAPI: Sendable {
    typealias Opaque = UnsafeMutableRawPointer
    typealias OpaqueOut = UnsafeMutablePointer<UnsafeMutableRawPointer?>

    /// What other threads do with the driver meanwhile does not spoil the recording.
    static let relaxed: Int32 = 2

    let beginCapture: @convention(c) (Opaque?, Int32) -> Int32
    let endCapture: @convention(c) (Opaque?, OpaqueOut) -> Int32
    let instantiate: @convention(c) (OpaqueOut, Opaque?, UInt64) -> Int32
    let destroyGraph: @convention(c) (Opaque?) -> Int32
    let launch: @convention(c) (Opaque?, Opaque?) -> Int32
    let destroyExecutable: @convention(c) (Opaque?) -> Int32

    /// - Returns: `nil` where the driver lacks one of them.
    init?(_ library: any SymbolTable) {
        do {
            beginCapture = try library.function("cuStreamBeginCapture_v2")
            endCapture = try library.function("cuStreamEndCapture")
            instantiate = try library.function("cuGraphInstantiateWithFlags")
            destroyGraph = try library.function("cuGraphDestroy")
            launch = try library.function("cuGraphLaunch")
            destroyExecutable = try library.function("cuGraphExecDestroy")
        } catch {
            return nil
        }
    }
}
