#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A shared library that was opened while the program ran. It stays open: NVIDIA's libraries don't survive being closed.
///
/// `@unchecked Sendable`: `dlsym` may be called by any thread.
public final class DynamicLibrary: SymbolTable, @unchecked Sendable {
    public let name: String
    private let handle: UnsafeMutableRawPointer

    /// - Parameter path: a full path, or a bare name that the system's loader looks for.
    public init?(path: String) {
        guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else { return nil }
        self.handle = handle
        name = path
    }

    public func address(of symbol: String) -> UnsafeMutableRawPointer? { dlsym(handle, symbol) }
}
