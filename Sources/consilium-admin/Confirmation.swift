internal import Admin
internal import Foundation

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Questions that only a person may answer.
enum Confirmation {
    /// - Throws: ``AdminError`` `.confirmationNeeded` where nobody can be asked.
    static func ask(_ question: String) throws -> Bool {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            throw AdminError(
                .confirmationNeeded,
                "This needs a person's yes, and nobody can be asked here. Run it in a terminal, or add --yes.")
        }
        FileHandle.standardError.write(Data("\(question) [y/N] ".utf8))
        return ["y", "yes"].contains(readLine()?.trimmingCharacters(in: .whitespaces).lowercased())
    }
}
