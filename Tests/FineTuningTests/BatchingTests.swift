import ConsiliumCore
import ConsiliumTesting
import FineTuning
import Foundation
import Testing

@Suite("Batches and schedules")
struct BatchingTests {
    func sequence(_ count: Int, first: Int32) -> TrainingSequence {
        let ids = (0..<Int32(count)).map { first + $0 }
        return TrainingSequence(inputIDs: ids, labels: ids)
    }

    @Test("a batch takes lines in order until the number of tokens is reached, and ends with the epoch")
    func sequential() throws {
        let lines = [sequence(3, first: 0), sequence(4, first: 10), sequence(5, first: 20), sequence(2, first: 30)]
        var batcher = try SequentialBatcher(sequences: lines, batchTokens: 7, shuffleSeed: nil)
        #expect(batcher.next() == [lines[0], lines[1]])
        #expect(batcher.epoch == 0)
        #expect(batcher.next() == [lines[2], lines[3]])
        #expect(batcher.epoch == 1)
        #expect(batcher.next() == [lines[0], lines[1]])
        var small = try SequentialBatcher(sequences: lines, batchTokens: 1, shuffleSeed: nil)
        #expect((0..<5).map { _ in small.next() } == [[lines[0]], [lines[1]], [lines[2]], [lines[3]], [lines[0]]])
    }

    @Test("shuffling is repeatable, covers everything, and differs between epochs")
    func shuffled() throws {
        let lines = (0..<40).map { sequence(1, first: $0) }
        var first = try SequentialBatcher(sequences: lines, batchTokens: 40, shuffleSeed: 4)
        var second = try SequentialBatcher(sequences: lines, batchTokens: 40, shuffleSeed: 4)
        let epochs = [first.next(), first.next()]
        #expect(epochs == [second.next(), second.next()])
        #expect(epochs[0] != epochs[1] && epochs[0] != lines)
        #expect(epochs.allSatisfy { Set($0.map { $0.inputIDs[0] }).count == 40 })
    }

    @Test("windows are consecutive tokens at every place of the stream")
    func windows() throws {
        let stream = (0..<50).map { Int32($0) }
        var sampler = try WindowSampler(stream: stream, length: 8, generator: ReproducibleGenerator(seed: 1))
        let windows = sampler.next(600)
        for window in windows {
            #expect(window.inputIDs == (0..<9).map { window.inputIDs[0] + $0 } && window.labels == window.inputIDs)
        }
        // Starts are 0..<count - length - 1.
        #expect(Set(windows.map { $0.inputIDs[0] }) == Set(0..<41))
        var short = try WindowSampler(stream: [1, 2, 3], length: 8, generator: ReproducibleGenerator(seed: 1))
        #expect(short.next(1)[0].inputIDs == [1, 2, 3])
        #expect(throws: FineTuningError(.invalidSettings, "")) {
            try WindowSampler(stream: [1], length: 8, generator: ReproducibleGenerator(seed: 1))
        }
    }

    @Test("each drawn patient gives one window of one of their documents")
    func patientWindows() throws {
        let patients: [[[Int32]]] = [[Array(0..<30), Array(100..<105)], [[7]], [Array(200..<209)]]
        let windows = try PatientWindows(patients: patients, length: 8)
        let source = SeededRandom(seed: 2)
        #expect(windows.patientCount == 3)
        var starts: Set<Int32> = []
        for _ in 0..<200 {
            let drawn = try windows.windows(of: [0, 1, 2], source: source)
            #expect(drawn.count == 3 && drawn[0].count == 1 && drawn[1].isEmpty)
            #expect(drawn[2][0].inputIDs == Array(200..<209))
            starts.insert(drawn[0][0].inputIDs[0])
        }
        #expect(starts == Set(0..<22).union([100]))
    }

    @Test("a window of a question and its answer always holds a part of the answer", arguments: [2, 5, 8, 40])
    func answers(length: Int) throws {
        let ids = Array<Int32>(0..<30)
        // The answer is 20..<25.
        let labels = ids.map { (20..<25).contains($0) ? $0 : -100 }
        let document = TrainingSequence(inputIDs: ids, labels: labels)
        let silent = TrainingSequence(inputIDs: ids, labels: ids.map { _ in -100 })
        let windows = try PatientWindows(documents: [[document, silent]], length: length)
        var sampler = try DocumentWindows(
            documents: [silent, document], length: length, generator: ReproducibleGenerator(seed: 4))
        let source = SeededRandom(seed: 3)
        for _ in 0..<100 {
            for window in try windows.windows(of: [0], source: source)[0] + sampler.next(1) {
                #expect(window.inputIDs.count == min(length + 1, 30) || window.inputIDs.last == 29)
                #expect(window.labels.dropFirst().contains { $0 >= 0 })
                #expect(zip(window.inputIDs, window.labels).allSatisfy { $1 == -100 || $0 == $1 })
            }
        }
        #expect(throws: FineTuningError(.invalidSettings, "")) {
            try DocumentWindows(documents: [silent], length: 4, generator: ReproducibleGenerator(seed: 4))
        }
    }

    @Test("a patient's window depends on that patient's own coins and on nobody else")
    func independentWindows() throws {
        let patients: [[[Int32]]] = (0..<5).map { patient in
            [Array(Int32(patient * 1000)..<Int32(patient * 1000 + 200))]
        }
        let all = try PatientWindows(patients: patients, length: 8)
        let without = try PatientWindows(patients: Array(patients.dropFirst()), length: 8)
        // Sixteen bytes of coins a patient, whatever the texts are: two sources that differ in the first patient's coins alone.
        let together = try all.windows(of: [0, 1, 2, 3, 4], source: SeededRandom(seed: 9))
        let shifted = SeededRandom(seed: 9)
        _ = try shifted.bytes(16)
        let alone = try without.windows(of: [0, 1, 2, 3], source: shifted)
        #expect(Array(together.dropFirst()) == alone)
        #expect(throws: CoreError(.randomnessUnavailable, "")) {
            try all.windows(of: [0, 1], source: FailingRandom(afterBytes: 20))
        }
    }

    @Test("the schedule warms up and decays to its fraction")
    func schedule() {
        let schedule = LearningRateSchedule(peak: 2, warmupSteps: 5, totalSteps: 60, finalFraction: 0.1)
        #expect(abs(schedule.rate(at: 0) - 0.4) < 1e-6)
        #expect(abs(schedule.rate(at: 4) - 2 * (1 - 0.9 * 4 / 60)) < 1e-6)
        #expect(abs(schedule.rate(at: 30) - 1.1) < 1e-6)
        #expect(abs(schedule.rate(at: 1000) - 0.2) < 1e-6)
        #expect(LearningRateSchedule.constant(3).rate(at: 77) == 3)
    }

    @Test("the cosine decay starts after the warm-up and ends at its fraction; constant stays")
    func cosine() {
        let schedule = LearningRateSchedule(
            peak: 2, warmupSteps: 10, totalSteps: 110, finalFraction: 0.1, decay: .cosine)
        #expect(abs(schedule.rate(at: 0) - 0.2) < 1e-6)
        #expect(schedule.rate(at: 9) == 2 && schedule.rate(at: 10) == 2)
        // Half of the way: the mean of peak and end. A quarter: (1 + cos 45°) / 2.
        #expect(abs(schedule.rate(at: 60) - 1.1) < 1e-6)
        #expect(abs(schedule.rate(at: 35) - (0.2 + 1.8 * 0.853553)) < 1e-5)
        #expect(abs(schedule.rate(at: 110) - 0.2) < 1e-6 && abs(schedule.rate(at: 5000) - 0.2) < 1e-6)
        let constant = LearningRateSchedule(
            peak: 2, warmupSteps: 4, totalSteps: 10, finalFraction: 0, decay: .constant)
        #expect(constant.rate(at: 1) == 1 && constant.rate(at: 9) == 2)
        // A warm-up longer than the run has no decay to divide by.
        #expect(LearningRateSchedule(peak: 1, warmupSteps: 9, totalSteps: 5, decay: .cosine).rate(at: 7).isFinite)
    }

    @Test("a linear schedule keeps its bytes, and old bytes are a linear schedule")
    func scheduleBytes() throws {
        let linear = LearningRateSchedule(peak: 0.5, warmupSteps: 5, totalSteps: 60, finalFraction: 0.25)
        let text = #"{"finalFraction":0.25,"peak":0.5,"totalSteps":60,"warmupSteps":5}"#
        #expect(try CanonicalJSON.encode(linear) == Data(text.utf8))
        #expect(try CanonicalJSON.decode(LearningRateSchedule.self, from: Data(text.utf8)) == linear)
        for decay in LearningRateSchedule.Decay.allCases {
            let schedule = LearningRateSchedule(peak: 1, decay: decay)
            let bytes = try CanonicalJSON.encode(schedule)
            #expect(try CanonicalJSON.decode(LearningRateSchedule.self, from: bytes) == schedule)
        }
    }

    @Test("a batcher goes on from any place as if it had come there itself", arguments: [nil, 4] as [UInt64?])
    func places(seed: UInt64?) throws {
        let lines = (0..<11).map { sequence(1 + $0 % 3, first: Int32($0) * 5) }
        var batcher = try SequentialBatcher(sequences: lines, batchTokens: 5, shuffleSeed: seed)
        for _ in 0..<15 {
            var other = try SequentialBatcher(sequences: lines, batchTokens: 5, shuffleSeed: seed)
            try other.move(toEpoch: batcher.epoch, position: batcher.position)
            var copy = batcher
            for _ in 0..<8 { #expect(other.next() == copy.next()) }
            _ = batcher.next()
        }
        for (epoch, position) in [(-1, 0), (0, 11), (0, -1)] {
            #expect(throws: FineTuningError(.stateMismatch, "")) {
                try batcher.move(toEpoch: epoch, position: position)
            }
        }
    }
}
