/// Where the functions of a library are found by name: a library that was opened, or functions of this process that stand
/// for one.
public protocol SymbolTable: Sendable {
    /// What people know the library by: its path, or what it stands for.
    var name: String { get }
    func address(of symbol: String) -> UnsafeMutableRawPointer?
}

extension SymbolTable {
    /// The function as a C function pointer of the given type. The type must be the function's own: nothing can check it.
    /// - Throws: ``CUDAError`` `.libraryTooOld`.
    func function<Function>(_ symbol: String, as type: Function.Type = Function.self) throws -> Function {
        guard let found: Function = optional(symbol) else {
            throw CUDAError(
                .libraryTooOld,
                "\(name) has no function \(symbol). It is too old or no such library: install a newer NVIDIA driver or CUDA library."
            )
        }
        return found
    }

    /// The same for a function that older versions lack.
    func optional<Function>(_ symbol: String, as type: Function.Type = Function.self) -> Function? {
        guard let address = address(of: symbol), MemoryLayout<Function>.size == MemoryLayout<UnsafeRawPointer>.size
        else { return nil }
        return unsafeBitCast(address, to: Function.self)
    }
}
