import Testing

/// Real programs, real sockets, real files. One scenario at a time: each starts up to five processes.
@Suite(
    "End to end", .serialized,
    .enabled(if: Program.areBuilt, "needs the programs beside the tests: run “swift build” first"))
enum EndToEnd {}
