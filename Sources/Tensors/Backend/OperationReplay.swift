/// Operations that a backend recorded and can do again without being called for each.
///
/// Belongs to one task, and to the memory that its operations work on: let go of it before that memory.
public protocol OperationReplay: AnyObject {
    /// Does what `body` calls for, or the same that it called for when the key was equal.
    ///
    /// - Parameters:
    ///   - key: everything that the operations depend on: shapes, the host's arrays, addresses. The content of device memory may
    ///     differ from time to time.
    ///   - body: calls operations on the backend and has no other effect. It may be called twice, or not at all, and mostly
    ///     should neither wait for results nor allocate memory: such operations are called one by one every time.
    func run(_ key: [Int], _ body: () throws -> Void) throws
}
