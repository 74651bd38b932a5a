import ConsiliumCore
import Foundation
import Testing

@Suite("Errors")
struct ErrorTests {
    @Test(
        "every kind of fault has the exit code of the contract",
        arguments: [
            (ErrorCategory.violation, 1), (.usage, 64), (.badData, 65), (.unavailable, 69), (.internalFault, 70),
            (.inputOutput, 74), (.tryAgain, 75), (.refused, 77),
        ] as [(ErrorCategory, Int32)])
    func exitCodes(category: ErrorCategory, code: Int32) {
        #expect(category.exitCode == code)
    }

    @Test("no two kinds share a code, none is a success, and the table above has them all")
    func distinctCodes() {
        #expect(Set(ErrorCategory.allCases.map(\.exitCode)).count == ErrorCategory.allCases.count)
        #expect(!ErrorCategory.allCases.contains { $0.exitCode == 0 })
        #expect(ErrorCategory.allCases.count == 8)
    }

    @Test(
        "a fault of this module is of its kind",
        arguments: [
            (CoreError.Code.fileUnreadable, ErrorCategory.inputOutput), (.fileUnwritable, .inputOutput),
            (.diskFull, .inputOutput), (.malformedHash, .badData), (.malformedJSON, .badData),
            (.randomnessUnavailable, .internalFault), (.alreadyLocked, .tryAgain),
        ])
    func categories(code: CoreError.Code, category: ErrorCategory) {
        let error = CoreError(code, "A sentence.")
        #expect(error.category == category)
        #expect(error.codeName == code.rawValue)
        #expect(error.codeName.hasPrefix("core."))
    }

    @Test("errors are equal when their codes are, whatever they say")
    func equality() {
        #expect(CoreError(.diskFull, "One.") == CoreError(.diskFull, "Two.", cause: CocoaError(.fileNoSuchFile)))
        #expect(CoreError(.diskFull, "One.") != CoreError(.fileUnwritable, "One."))
    }

    @Test("the description is the message, then each cause of our own on a line; other libraries may quote data")
    func description() {
        struct Foreign: Error, CustomStringConvertible { var description: String { "EIO" } }
        let inner = CoreError(.fileUnwritable, "The file can't be written.", cause: Foreign())
        let outer = CoreError(.alreadyLocked, "The ledger can't be opened.", cause: inner)
        #expect(
            "\(outer)" == """
                The ledger can't be opened.
                  because: The file can't be written.
                """)
        let same = CoreError(.diskFull, "The disk is full.", cause: CoreError(.diskFull, "The disk is full."))
        #expect("\(same)" == "The disk is full.")
        #expect("\(CoreError(.diskFull, "The disk is full."))" == "The disk is full.")
        #expect(outer.message == "The ledger can't be opened.")
    }
}
