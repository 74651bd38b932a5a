internal import ConsiliumCore

/// The benefit report as one HTML file with pictures, without scripts and without anything from elsewhere.
public struct BenefitPage: Sendable {
    public var report: BenefitReport
    /// What the page is about: the job, or the file that was evaluated.
    public var title: String
    /// A line each: when, which adapter by its hash, what it cost.
    public var facts: [String]

    /// What else was measured of base model and common adapter.
    public var sections: [Section]

    /// Figures of another task.
    public struct Section: Sendable {
        public struct Row: Sendable {
            public var name: String
            public var base: Estimate
            public var common: Estimate
            /// On the same items.
            public var comparison: MetricComparison?

            public init(name: String, base: Estimate, common: Estimate, comparison: MetricComparison?) {
                self.name = name
                self.base = base
                self.common = common
                self.comparison = comparison
            }
        }

        public var title: String
        public var note: String
        public var rows: [Row]

        public init(title: String, note: String, rows: [Row]) {
            self.title = title
            self.note = note
            self.rows = rows
        }
    }

    public init(report: BenefitReport, title: String, facts: [String] = [], sections: [Section] = []) {
        self.report = report
        self.title = title
        self.facts = facts
        self.sections = sections
    }

    public var html: String {
        let name = report.metric.replacing("_", with: " ")
        let direction = report.isHigherBetter ? "Higher is better." : "Lower is better."
        let values = IntervalPlot(
            title: "\(name) of each model with its 95 % interval",
            lines: report.rows.map {
                .init(name: $0.candidate.title, estimate: $0.estimate, isChosen: $0.candidate == report.choice)
            })
        let differences = plot(
            "difference in \(name) to the base model with its 95 % interval",
            report.rows.filter { $0.candidate != .base }.map { ($0.candidate, $0.againstBase) })
        let reasons = report.explanation.map(\.htmlEscaped)
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(title.htmlEscaped)</title><style>\(Self.style)</style></head><body><main>
            <h1>\(title.htmlEscaped)</h1>
            <section class="choice"><h2>\(reasons.first ?? "")</h2>
            <ul>\(reasons.dropFirst().map { "<li>\($0)</li>" }.joined())</ul></section>
            <h2>All numbers</h2>
            <p>\(name.htmlEscaped) on \(Self.extent(report.items, report.units)) that no model was trained on. \(direction)</p>
            <div class="wide" tabindex="0">\(values.svg(id: "values"))</div>
            <div class="wide" tabindex="0">\(table)</div>
            <h2>Against the base model</h2>
            <p>Both models on the same patients, so that what makes some of them hard for either cancels out. A bar that crosses the line may be chance. \(direction)</p>
            <div class="wide" tabindex="0">\(differences.svg(id: "differences"))</div>
            \(joining(direction))
            \(sections.map(\.html).joined(separator: "\n"))
            <h2>How to read this</h2>
            <p>The intervals are 95 % bootstrap intervals: the patients are drawn again and again, with replacement, \
            and 95 of 100 draws gave a figure inside. They say how much depends on which patients were held out, not \
            how the model does elsewhere or next year. With fewer than twenty patients they are too narrow, and \
            with fewer than \(MetricComparison.fewestUnits) no model is called better or worse.</p>
            <p>The common adapter is chosen unless another is better beyond chance: it was made within the consortium's privacy \
            budget. An adapter with local steps and one of the clinic's own are not: they can repeat what they were trained on, \
            and must not leave the clinic.</p>
            <p>The choice was made on the patients on which it is measured, so its own figure is a little flattering.</p>
            <ul class="facts">\(facts.map { "<li>\($0.htmlEscaped)</li>" }.joined())</ul>
            </main></body></html>

            """
    }

    private func plot(_ title: String, _ lines: [(BenefitReport.Candidate, MetricComparison?)]) -> IntervalPlot {
        IntervalPlot(
            title: title,
            lines: lines.map { .init(name: $0.title, estimate: $1?.difference, isChosen: $0 == report.choice) },
            mark: 0,
            isDifference: true)
    }

    /// What joining brought beyond what this clinic could have done alone; empty where that was not measured.
    private func joining(_ direction: String) -> String {
        guard report.joining != nil else { return "" }
        let picture = plot(
            "difference in \(report.metric.replacing("_", with: " ")) to training alone with its 95 % interval",
            [(.common, report.joining), (.personalised, report.joiningPersonalised)])
        return """
            <h2>Against training alone</h2>
            <p>What joining brought beyond what this clinic could have done without the others; in a job with the same number \
            of steps and the same noise. \(direction)</p>
            <div class="wide" tabindex="0">\(picture.svg(id: "joining"))</div>
            """
    }

    private var table: String {
        let rows = report.rows.map { row -> String in
            let name = "<th scope=\"row\">\(row.candidate.title)</th>"
            guard let estimate = row.estimate else {
                return "<tr>\(name)<td class=\"missing\" colspan=\"5\">not measured</td></tr>"
            }
            let change = row.againstBase.map { BenefitReport.signed($0.difference.value) }
            let cells = [
                BenefitReport.figure(estimate.value),
                "\(BenefitReport.figure(estimate.lower)) to \(BenefitReport.figure(estimate.upper))",
                change ?? "–", row.againstBase.map { BenefitReport.percent($0.certainty) } ?? "–",
                row.againstBase?.verdict.rawValue ?? "–",
            ]
            let mark = row.candidate == report.choice ? " class=\"chosen\"" : ""
            return "<tr\(mark)>\(name)"
                + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
        }
        return """
            <table><thead><tr><th scope="col">model</th><th scope="col">figure</th><th scope="col">95 % interval</th>\
            <th scope="col">change</th><th scope="col">better in … of draws</th><th scope="col">verdict</th></tr></thead>
            <tbody>\(rows.joined())</tbody></table>
            """
    }

    /// “24 items of 12 patients (or items, where each is its own)”
    static func extent(_ items: Int, _ units: Int) -> String {
        "\(items) \(items == 1 ? "item" : "items") of \(units) \(units == 1 ? "patient" : "patients") (or items, where each is its own)"
    }

    private static let style = """
        :root{color-scheme:light dark;--ink:#1b2733;--soft:#5b6b7a;--line:#d5dde5;--accent:#0b6e5f;--paper:#fff;--box:#eef6f4}
        @media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9fb0c0;--line:#33424f;--accent:#4cc2ae;--paper:#10181f;--box:#16302c}}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
        main{max-width:46rem;margin:0 auto;padding:1.5rem}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}
        .choice{background:var(--box);border-left:5px solid var(--accent);padding:.4rem 1.2rem;border-radius:4px}.choice h2{margin:.6rem 0}
        .wide{overflow-x:auto}.wide>*{min-width:36rem}td{white-space:nowrap}
        svg{width:100%;height:auto;font:14px system-ui,sans-serif;fill:var(--ink)}.axis,.bar{stroke:var(--soft)}.bar{stroke-width:3}
        .grid{stroke:var(--line)}.mark{stroke:var(--ink);stroke-dasharray:4 3}.tick{text-anchor:middle;fill:var(--soft);font-size:12px}
        .value{text-anchor:end}.missing{fill:var(--soft);color:var(--soft);font-style:italic;text-align:left}circle{fill:var(--soft)}
        .chosen circle{fill:var(--accent)}.chosen .bar{stroke:var(--accent)}.chosen text{font-weight:600}
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{text-align:right;padding:.3rem .5rem;border-bottom:1px solid var(--line)}
        th[scope=row],thead th:first-child{text-align:left;font-weight:inherit}tr.chosen{font-weight:600}.facts{color:var(--soft);font-size:.9rem;overflow-wrap:anywhere}
        @media print{body{font-size:12px}}
        """
}
