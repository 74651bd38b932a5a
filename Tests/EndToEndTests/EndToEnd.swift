import Testing

/// Real programs, real sockets, real files. One scenario at a time: each starts up to five processes.
@Suite("End to end", .serialized)
enum EndToEnd {}
