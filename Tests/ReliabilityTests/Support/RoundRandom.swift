import ConsiliumCore
import Synchronization

/// A clinic's randomness that begins anew with each round, so that a round's noise does not depend on what a process drew
/// before it was killed.
final class RoundRandom: SecureRandom {
    private let clinic: Int
    private let generator: Mutex<ReproducibleGenerator>

    init(clinic: Int) {
        self.clinic = clinic
        generator = Mutex(ReproducibleGenerator(seed: UInt64(clinic), label: "start"))
    }

    func begin(round: Int) {
        generator.withLock { $0 = ReproducibleGenerator(seed: UInt64(clinic), label: "round \(round)") }
    }

    func fill(_ buffer: UnsafeMutableRawBufferPointer) throws {
        generator.withLock { generator in
            for index in buffer.indices { buffer[index] = UInt8(truncatingIfNeeded: generator.next() >> 32) }
        }
    }
}
