/// What goes wrong, and at which message.
struct Fault: Hashable, Sendable, CustomStringConvertible {
    enum Kind: String, CaseIterable, Sendable {
        /// The message never arrives.
        case requestLost
        /// It arrives and works; the clinic never learns that.
        case answerLost
        /// Nothing gets through for a while, in neither direction.
        case linkCut
        /// The network delivers it twice, one after the other.
        case repeated
        /// A second copy arrives when the protocol is further on.
        case staleCopy
        /// Messages of other clinics overtake it.
        case delayed
        /// SIGKILL before it leaves; its state is on the disk.
        case nodeKilledBefore
        /// SIGKILL after it worked and before the answer is read.
        case nodeKilledAfter
        case coordinatorKilledBefore
        case coordinatorKilledDuring
        case coordinatorKilledAfter
        case coordinatorClockForward
        case coordinatorClockBack
        case nodeClockForward
        case nodeClockBack
        /// One bit of the body is another one when it arrives.
        case requestCorrupted
        /// The same of the answer.
        case answerCorrupted
        /// No space is left for a while, from this message on.
        case nodeDiskFull
        case coordinatorDiskFull
        /// The clinic's machine is gone for good, just before the message leaves.
        case nodeDies

        static let disks = [nodeDiskFull, coordinatorDiskFull]
        /// TLS lets neither happen to a message; hashes see it in what is large.
        static let corruptions = [requestCorrupted, answerCorrupted]
        /// Those that can hit any message, and after which everybody is there again.
        static let passing = allCases.filter { !(disks + corruptions + [.nodeDies]).contains($0) }
    }

    var at: Message
    var kind: Kind

    var description: String { "\(kind.rawValue) at \(at)" }
}
