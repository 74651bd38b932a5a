/// The option `--threads`, with the same limits as `compute.threads` of the site configuration.
enum ThreadCount {
    static let allowed = 1...256

    /// - Throws: ``NodeError`` `.badInput`.
    static func check(_ threads: Int) throws {
        guard allowed.contains(threads) else {
            throw NodeError(.badInput, "--threads must be \(allowed.lowerBound) to \(allowed.upperBound).")
        }
    }
}
