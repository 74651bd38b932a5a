internal import ConsiliumCore

extension BenefitPage.Section {
    var html: String {
        let head = "<h2>\(title.htmlEscaped)</h2>\n<p>\(note.htmlEscaped)</p>"
        guard !rows.isEmpty else { return head }
        let lines = rows.map { row in
            let cells = [
                BenefitReport.figure(row.base.value), BenefitReport.figure(row.common.value),
                row.comparison.map { BenefitReport.signed($0.difference.value) } ?? "–",
                row.comparison.map {
                    "\(BenefitReport.signed($0.difference.lower)) to \(BenefitReport.signed($0.difference.upper))"
                }
                    ?? "–",
                row.comparison?.verdict.rawValue ?? "–",
            ]
            return "<tr><th scope=\"row\">\(row.name.replacing("_", with: " ").htmlEscaped)</th>"
                + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
        }
        return """
            \(head)
            <div class="wide" tabindex="0"><table><thead><tr><th scope="col">figure</th><th scope="col">base model</th>\
            <th scope="col">common adapter</th><th scope="col">change</th><th scope="col">95 % interval</th>\
            <th scope="col">verdict</th></tr></thead>
            <tbody>\(lines.joined())</tbody></table></div>
            """
    }
}
