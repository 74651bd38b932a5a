internal import ConsiliumCore

/// Faults of printing itself.
struct CommandLineError: ConsiliumError, Equatable {
    enum Code: String, Sendable {
        case outputClosed = "command-line.output-closed"
        case resultPrintedTwice = "command-line.result-printed-twice"
        case resultUnprintable = "command-line.result-unprintable"
    }

    let code: Code
    let message: String
    let cause: (any Error)?

    init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    var codeName: String { code.rawValue }

    var category: ErrorCategory {
        switch code {
        case .outputClosed: .inputOutput
        case .resultPrintedTwice, .resultUnprintable: .internalFault
        }
    }

    static func == (left: CommandLineError, right: CommandLineError) -> Bool { left.code == right.code }
}
