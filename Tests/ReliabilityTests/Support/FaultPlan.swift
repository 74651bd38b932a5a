import ConsiliumCore
import Foundation

/// Where in an undisturbed run faults can be put.
struct FaultPlan: Sendable {
    /// A message by its part in the protocol, whoever sends it in whichever round.
    struct State: Hashable, Sendable, CustomStringConvertible {
        var kind: Message.Kind
        var occurrence = 1

        var description: String { "\(kind.rawValue)#\(occurrence)" }
    }

    let shape: Blueprint.Shape
    let reference: Undisturbed.Reference

    init(_ shape: Blueprint.Shape) async throws {
        self.shape = shape
        reference = try await Undisturbed.run(shape)
    }

    /// What every clinic says in every run.
    var states: Set<State> {
        let sets = (0..<shape.clinics).map { clinic in
            Set(
                reference.messages.filter { $0.clinic == clinic }.map {
                    State(kind: $0.kind, occurrence: $0.occurrence)
                })
        }
        return sets.dropFirst().reduce(sets.first ?? []) { $0.intersection($1) }
    }

    /// One message of each clinic in this state, in different rounds where there are some.
    func places(of state: State) -> [Message] {
        (0..<shape.clinics).compactMap { clinic in
            let found = reference.messages.filter {
                $0.clinic == clinic && $0.kind == state.kind && $0.occurrence == state.occurrence
            }
            return found.isEmpty ? nil : found[clinic % found.count]
        }
    }

    /// One to five faults drawn with this seed, anywhere.
    func schedule(seed: UInt64) -> [Fault] {
        var generator = ReproducibleGenerator(seed: seed, label: "schedule")
        let count = Int.random(in: 1...5, using: &generator)
        // In the order of the log, which is not that of another run: sorted, so that a seed means the same everywhere.
        let messages = Set(reference.messages).sorted { $0.description < $1.description }
        return (0..<count).compactMap { _ in
            guard let message = messages.randomElement(using: &generator),
                let kind = Fault.Kind.passing.randomElement(using: &generator)
            else { return nil }
            return Fault(at: message, kind: kind)
        }
    }
}
