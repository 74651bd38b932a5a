import Dispatch
import Foundation

/// Notices Ctrl-C while an answer is being generated. Afterwards the key ends the program again, as everywhere else.
final class StopKey {
    /// `@unchecked Sendable`: the lock guards the value.
    final class Press: @unchecked Sendable {
        private let lock = NSLock()
        private var value = false

        var isMade: Bool { lock.withLock { value } }
        fileprivate func make() { lock.withLock { value = true } }
    }

    let press = Press()
    private let source: any DispatchSourceSignal

    init() {
        signal(SIGINT, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
        let press = press
        source.setEventHandler { press.make() }
        source.resume()
    }

    deinit {
        source.cancel()
        signal(SIGINT, SIG_DFL)
    }
}
