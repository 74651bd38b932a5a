/// What a caller has a say in while an import runs.
public struct ImportHooks {
    /// Which of the files to read; the others are as if they were not there.
    public var including: (FoundFile) -> Bool
    /// Gets each rejection and each skipped file as it happens; the summary lists only the first ones.
    public var passedOver: (ImportRejection) throws -> Void

    public init(
        including: @escaping (FoundFile) -> Bool = { _ in true },
        passedOver: @escaping (ImportRejection) throws -> Void = { _ in }
    ) {
        self.including = including
        self.passedOver = passedOver
    }
}
