internal import ConsiliumCore
internal import Evaluation
internal import Foundation

/// The pages as HTML. Everything that comes from outside goes through ``escape(_:)``.
enum PageHTML {
    /// What the page shows besides the empty form.
    struct State {
        var task = ClinicalTask.summary
        var report = ""
        var question = ""
        var answer: PageDesk.Answer?
        var message: String?
        // Looking for a report of the clinic.
        var patient = ""
        var filter = ""
        var stored: [ReportShelf.Entry] = []
        var shelfMessage: String?
    }

    /// NUL, which HTML can't hold, is shown as a replacement character.
    static func escape(_ text: String) -> String { text.replacing("\0", with: "\u{fffd}").htmlEscaped }

    private static func document(_ title: String, _ body: String, script: Bool) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(escape(title))</title>
        <link rel="stylesheet" href="/page.css">
        \(script ? "<script src=\"/page.js\" defer></script>\n" : "")</head>
        <body>
        \(body)
        </body>
        </html>

        """
    }

    static func signIn(message: String? = nil) -> String {
        document(
            "Sign in",
            """
            <main class="narrow">
            <h1>Report assistant</h1>
            <p>This page is for the people of this clinic. Sign in with the token that the server printed when it was \
            started for the first time.</p>
            \(message.map { "<p class=\"alert\" role=\"alert\">\(escape($0))</p>" } ?? "")
            <form method="post" action="/sign-in" autocomplete="off">
            <label for="token">Token</label>
            <input id="token" name="token" type="password" required autofocus>
            <button type="submit">Sign in</button>
            </form>
            </main>
            """, script: false)
    }

    static func page(_ notice: ModelNotice, _ state: State = State()) -> String {
        document(
            "Report assistant",
            """
            <a class="skip" href="#report">Skip to the report</a>
            <header>
            <h1>Report assistant</h1>
            <form method="post" action="/sign-out"><button type="submit" class="quiet">Sign out</button></form>
            </header>
            <p class="alert"><strong>Not a diagnosis.</strong> A language model wrote what stands under “Answer”. It can \
            leave out, invent and confuse. Check every statement against the report before you use it.</p>
            <main>
            \(form(notice, state))
            \(answer(state))
            </main>
            \(footer(notice))
            """, script: true)
    }

    /// A form of its own: Enter in its fields searches, and asks nothing.
    private static func shelf(_ state: State) -> String {
        let options = state.stored.map { "<option value=\"\(escape($0.id))\">\(escape($0.title))</option>" }
        let hidden = state.stored.isEmpty ? " hidden" : ""
        return """
            <form id="shelf" method="post" action="/reports" autocomplete="off">
            <fieldset>
            <legend>Find a report of this clinic</legend>
            <p class="pair"><label for="patient">Patient number (Alt+P)</label>
            <input id="patient" name="patient" type="text" maxlength="200" accesskey="p" value="\(escape(state.patient))"></p>
            <p class="pair"><label for="filter">Date or kind, if you like</label>
            <input id="filter" name="filter" type="text" maxlength="100" value="\(escape(state.filter))"></p>
            <p><button id="find" type="submit">Find</button></p>
            <div id="found"\(hidden)>
            <label for="stored">Reports found</label>
            <select id="stored" name="stored" size="4">
            \(options.joined(separator: "\n"))
            </select>
            <p><button id="use" type="submit" formaction="/stored">Use this report</button></p>
            </div>
            <p id="shelf-status" class="small" role="status" aria-live="polite">\(escape(state.shelfMessage ?? ""))</p>
            </fieldset>
            </form>

            """
    }

    private static func form(_ notice: ModelNotice, _ state: State) -> String {
        let tasks = ClinicalTask.allCases.map { task in
            """
            <label class="choice"><input type="radio" name="task" value="\(task.rawValue)"\
            \(task == state.task ? " checked" : "")> \(escape(task.title))</label>
            """
        }
        return """
            <section aria-labelledby="ask-title">
            <h2 id="ask-title">Report</h2>
            \(notice.offersReports ? shelf(state) : "")<form id="ask" method="post" action="/ask">
            <label for="report">Paste the report here (Alt+R)</label>
            <textarea id="report" name="report" rows="16" required accesskey="r" spellcheck="false">
            \(escape(state.report))</textarea>
            <p class="file"><label for="file">or choose a text file:</label> <input id="file" type="file" accept=".txt,text/plain"></p>
            <fieldset>
            <legend>What do you want?</legend>
            \(tasks.joined(separator: "\n"))
            </fieldset>
            <label for="question">Your question, for the last choice</label>
            <input id="question" name="question" type="text" maxlength="500" value="\(escape(state.question))">
            <p><button id="send" type="submit" accesskey="s">Ask (Ctrl+Enter)</button>
            <button id="stop" type="button" class="quiet" hidden>Stop (Esc)</button></p>
            </form>
            </section>
            """
    }

    /// No field of one line stands in the feedback's form: Enter in one would press its first button, and whoever wrote
    /// what is wrong would have accepted it.
    private static func answer(_ state: State) -> String {
        let answer = state.answer
        return """
            <section aria-labelledby="answer-title">
            <h2 id="answer-title">Answer</h2>
            <p id="status" role="status" aria-live="polite">\(escape(state.message ?? (answer == nil ? "Nothing was asked yet." : "")))</p>
            <div id="answer" class="answer" tabindex="0" role="region" aria-labelledby="answer-title">\(escape(answer?.text ?? ""))</div>
            <div id="support">\(answer.map { support($0.support) } ?? "")</div>
            <form id="feedback" method="post" action="/page/feedback"\(answer == nil ? " hidden" : "")>
            <h3>Your judgement</h3>
            <p class="small">It is sealed on this machine for later training and never leaves it.</p>
            <input type="hidden" id="answer-id" name="answer" value="\(escape(answer?.id ?? ""))">
            <label for="edited">The answer, for you to correct</label>
            <textarea id="edited" name="edited" rows="6">
            \(escape(answer?.text ?? ""))</textarea>
            <label for="reason">Reason (needed to flag)</label>
            <textarea id="reason" name="reason" rows="2" maxlength="500"></textarea>
            <p><button name="decision" value="accept" type="submit" accesskey="a">Accept as it is (Alt+A)</button>
            <button name="decision" value="edit" type="submit" accesskey="e">Save my correction (Alt+E)</button>
            <button name="decision" value="flag" type="submit" accesskey="f" class="warn">Flag as wrong (Alt+F)</button></p>
            <p id="feedback-status" role="status" aria-live="polite"></p>
            </form>
            </section>
            """
    }

    /// The script builds the same from JSON by asking for this.
    static func support(_ result: SupportMeasure.Result) -> String {
        guard !result.answer.isEmpty else { return "" }
        let items = result.answer.map { sentence -> String in
            var lines = ["<p class=\"claim\">\(escape(sentence.text))</p>"]
            if sentence.sources.isEmpty {
                lines.append("<p class=\"none\">No sentence of the report has these words.</p>")
            } else {
                let share = Int((sentence.share * 100).rounded())
                lines.append("<p class=\"small\">\(share) % of its words are in:</p>")
                lines += sentence.sources.map { "<blockquote>\(escape(result.report[$0]))</blockquote>" }
            }
            if !sentence.unknownNumbers.isEmpty {
                let numbers = sentence.unknownNumbers.map(escape).joined(separator: ", ")
                lines.append("<p class=\"none\">Not in the report: \(numbers)</p>")
            }
            if sentence.negationDiffers {
                lines.append("<p class=\"none\">One of the two is negated, the other is not.</p>")
            }
            return "<li>\(lines.joined(separator: "\n"))</li>"
        }
        return """
            <h3>What the report says</h3>
            <p class="small">Found by words in common, not by meaning: a sentence with all its words in the report can \
            still be wrong.</p>
            <ol class="support">
            \(items.joined(separator: "\n"))
            </ol>
            """
    }

    private static func footer(_ notice: ModelNotice) -> String {
        let millions = String(format: "%.1f", Double(notice.parameters) / 1e6)
        let evaluation =
            notice.evaluation.map { values in
                values.map { "\(escape($0.name)): \(escape($0.value))" }.joined(separator: " · ")
            } ?? "There is no evaluation of it here: nobody has measured how often it is wrong."
        return """
            <footer>
            <h2>What answers here</h2>
            <dl>
            <dt>Base model</dt><dd>\(escape(notice.base)), \(millions) million parameters, reads \(notice.maximumLength) tokens</dd>
            <dt>Adapter</dt><dd>\(escape(notice.adapter ?? "none: the base model as it was published"))</dd>
            <dt>Evaluation</dt><dd>\(evaluation)</dd>
            <dt>Your data</dt><dd>Reports and answers stay on this machine and are not stored, but what you judge, sealed.</dd>
            </dl>
            </footer>
            """
    }
}
