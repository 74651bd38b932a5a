public import ArgumentParser

/// The options that every command has: declare `@OptionGroup public var global: GlobalOptions`.
public struct GlobalOptions: ParsableArguments, Sendable {
    @Flag(help: "Print the result as one JSON object on standard output.")
    public var json = false

    @Flag(name: .shortAndLong, help: "Show no progress and no notes, only the result and errors.")
    public var quiet = false

    @Flag(name: .shortAndLong, help: "Also show details of what is being done.")
    public var verbose = false

    public init() {}

    public func validate() throws {
        if quiet && verbose {
            throw ValidationError("--quiet and --verbose exclude each other. Give at most one of them.")
        }
    }
}
