/// Chooses thresholds on texts that the tagger has not seen: as low as precision permits.
struct ThresholdChoice {
    private let configuration: TaggerTrainer.Configuration

    init(_ configuration: TaggerTrainer.Configuration) { self.configuration = configuration }

    /// Letters and digits by probability: those that identify, and others.
    private struct Histogram {
        static let steps = 200
        var right = [Double](repeating: 0, count: steps)
        var wrong = [Double](repeating: 0, count: steps)

        mutating func add(_ probability: Double, _ count: Int, identifies: Bool) {
            let step = max(0, min(Self.steps - 1, Int(probability * Double(Self.steps))))
            if identifies { right[step] += Double(count) } else { wrong[step] += Double(count) }
        }
    }

    func choose(_ model: TaggerModel, _ notes: [TrainingNote]) -> DetectionThresholds {
        var thresholds = DetectionThresholds()
        var accepted: [IdentifierLabel: Histogram] = [:]
        var proposed: [IdentifierLabel: Histogram] = [:]
        let tagger = Tagger(model)
        for note in notes {
            let text = IdentifierDetector.text(note.scalars, language: configuration.language)
            let candidates = IdentifierDetector.ruleCandidates(text, language: configuration.language)
            let opinion = tagger.read(text, candidates: candidates)
            let masks = TokenTargets.masks(note, text, [], model.labels)
            for index in text.tokens.indices where text.tokens[index].kind != .mark {
                // Neutral tokens permit outside and inside.
                if masks[index] & 1 == 1, masks[index] != 1 { continue }
                accepted[opinion.kind[index], default: Histogram()].add(
                    Double(opinion.probability[index]), text.tokens[index].count, identifies: masks[index] != 1)
            }
            for candidate in candidates where candidate.score < thresholds.strongRule {
                let range = text.tokenRange(candidate.start, candidate.end)
                let most = opinion.most(range, text)
                for index in range where text.tokens[index].kind != .mark {
                    if masks[index] & 1 == 1, masks[index] != 1 { continue }
                    proposed[candidate.label, default: Histogram()].add(
                        most, text.tokens[index].count, identifies: masks[index] != 1)
                }
            }
        }
        for kind in model.labels.kinds {
            if let histogram = accepted[kind], let value = accept(histogram) { thresholds.accept[kind] = value }
            if let histogram = proposed[kind], let value = veto(histogram) { thresholds.veto[kind] = value }
        }
        return thresholds
    }

    /// The lowest of 0.35 to 0.6 with the wanted precision; `nil` if there is too little to tell.
    ///
    /// Not lower: other clinics' texts differ from the held-out ones, and there the tagger is less sure and less right.
    private func accept(_ histogram: Histogram) -> Double? {
        guard histogram.right.reduce(0, +) >= 200 else { return nil }
        let band = Histogram.steps / 20
        var best = 0.6
        for step in stride(from: 12 * band, through: 7 * band, by: -band) {
            let right = histogram.right[step...].reduce(0, +)
            let wrong = histogram.wrong[step...].reduce(0, +)
            // The lowest band must be worth its price too: a third of it right.
            let gain = histogram.right[step..<step + band].reduce(0, +)
            let price = histogram.wrong[step..<step + band].reduce(0, +)
            guard right >= configuration.targetPrecision * (right + wrong), gain + price < 20 || gain * 2 >= price
            else {
                break
            }
            best = Double(step) / Double(Histogram.steps)
        }
        return best
    }

    /// 0 to 0.1: the highest below which hardly anything identifies.
    ///
    /// Not higher, though the held-out texts would permit it: on texts of another origin, what the tagger calls unlikely
    /// is identifying more often than it says, and a lost identifier costs more than a lost word.
    private func veto(_ histogram: Histogram) -> Double? {
        let all = histogram.right.reduce(0, +)
        guard all + histogram.wrong.reduce(0, +) >= 200 else { return nil }
        var best = 0.0
        for step in 0..<20 {
            let (lost, spared) = (histogram.right[...step].reduce(0, +), histogram.wrong[...step].reduce(0, +))
            guard lost <= 0.003 * all + 1, lost * 5 <= spared + 5 else { break }
            best = Double(step + 1) / Double(Histogram.steps)
        }
        return best
    }
}
