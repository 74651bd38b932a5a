internal import ConsiliumCore
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import NIOFoundationCompat

/// The clinician's page. It works with and without its script; with it the answer appears as it is written.
struct PageRoutes: Sendable {
    let desk: PageDesk
    /// `nil` where no node's reports are offered.
    let shelf: ReportShelf?
    let notice: ModelNotice
    let gatekeeper: Gatekeeper
    let bodyLimit: Int

    func register(in router: Router<ServingContext>) {
        router.get("/") { request, context in
            try gatekeeper.checkHost(request.head.authority)
            guard gatekeeper.isSignedIn(cookie: request.headers[.cookie]) else { return Self.html(PageHTML.signIn()) }
            return Self.html(PageHTML.page(notice))
        }
        router.get("/page.css") { _, _ in Self.text(PageAssets.style, "text/css; charset=utf-8") }
        router.get("/page.js") { _, _ in Self.text(PageAssets.script, "text/javascript; charset=utf-8") }
        registerSessions(in: router)
        registerShelf(in: router)
        router.post("/ask") { request, context in
            let fields = try await fields(request, context)
            return try await whole(question(fields))
        }
        router.post("/page/answer") { request, context in
            let question = try question(await fields(request, context))
            return try stream(question, desk.ask(question))
        }
        router.post("/page/feedback") { request, context in
            let fields = try await fields(request, context)
            guard let decision = FeedbackRecord.Decision(rawValue: fields["decision"]) else {
                throw NodeError(.badInput, "Choose whether to accept, correct or flag the answer.")
            }
            try await desk.judge(fields["answer"], decision, edited: fields["edited"], reason: fields["reason"])
            let message = "Thank you. It is sealed on this machine."
            // A browser without the script asks for HTML.
            guard request.headers[.accept]?.contains("text/html") != true else {
                return Self.html(PageHTML.page(notice, PageHTML.State(message: message)))
            }
            return try Response.json(["message": message])
        }
    }

    private func registerSessions(in router: Router<ServingContext>) {
        router.post("/sign-in") { request, context in
            try checkSender(request)
            let fields = FormFields(try await request.body.whole(upTo: 4096))
            do {
                let name = try gatekeeper.signIn(fields["token"], from: context.address)
                return Self.redirect(
                    cookie:
                        "\(SessionBook.cookie)=\(name); Path=/; HttpOnly; SameSite=Strict; Max-Age=\(Int(SessionBook.lifetime))"
                )
            } catch let fault as OpenAIFault {
                let message = fault == .unauthorized ? "This is not the token." : fault.body.message
                return Self.html(PageHTML.signIn(message: message), status: .init(code: fault.status))
            }
        }
        router.post("/sign-out") { request, _ in
            try checkSender(request)
            gatekeeper.signOut(cookie: request.headers[.cookie])
            return Self.redirect(cookie: "\(SessionBook.cookie)=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")
        }
    }

    /// Each path in two forms: with the script as JSON, without it as the whole page.
    private func registerShelf(in router: Router<ServingContext>) {
        router.post("/page/reports") { request, context in
            let fields = try await fields(request, context)
            return try Response.json([
                "reports": try opened().reports(ofPatient: fields["patient"], filter: fields["filter"])
            ])
        }
        router.post("/page/report") { request, context in
            let fields = try await fields(request, context)
            return try Response.json(["text": try opened().text(fields["stored"])])
        }
        router.post("/reports") { request, context in
            let fields = try await fields(request, context)
            var state = PageHTML.State()
            (state.patient, state.filter) = (fields["patient"], fields["filter"])
            do {
                state.stored = try opened().reports(ofPatient: fields["patient"], filter: fields["filter"])
            } catch {
                state.shelfMessage = OpenAIFault(error).body.message
            }
            return Self.html(PageHTML.page(notice, state))
        }
        router.post("/stored") { request, context in
            let fields = try await fields(request, context)
            var state = PageHTML.State()
            do {
                state.report = try opened().text(fields["stored"])
                state.shelfMessage = ReportShelf.note
            } catch {
                state.shelfMessage = OpenAIFault(error).body.message
            }
            return Self.html(PageHTML.page(notice, state))
        }
    }

    private func opened() throws -> ReportShelf {
        guard let shelf else {
            throw NodeError(.badInput, "This server offers no reports. Start it with --home, the node's folder.")
        }
        return shelf
    }

    private func checkSender(_ request: Request) throws {
        let host = request.head.authority
        try gatekeeper.checkHost(host)
        try gatekeeper.checkOrigin(
            request.headers[.origin], site: HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] }, host: host
        )
    }

    private func fields(_ request: Request, _ context: ServingContext) async throws -> FormFields {
        try checkSender(request)
        try gatekeeper.checkSession(cookie: request.headers[.cookie], from: context.address)
        return FormFields(try await request.body.whole(upTo: bodyLimit))
    }

    private func question(_ fields: FormFields) throws -> PageDesk.Question {
        guard let task = ClinicalTask(rawValue: fields["task"]) else {
            throw NodeError(.badInput, "Choose what you want to know.")
        }
        return PageDesk.Question(task: task, report: fields["report"], question: fields["question"])
    }

    /// For browsers without the script.
    private func whole(_ question: PageDesk.Question) async throws -> Response {
        var state = PageHTML.State(task: question.task, report: question.report, question: question.question)
        do {
            let answer = try await desk.answer(desk.ask(question), to: question) { _ in }
            state.message = answer.isCut ? "The answer was cut off: it is too long." : "Check it against the report."
            state.answer = answer
        } catch let error where !(error is CancellationError) {
            state.message = OpenAIFault(error).body.message
        }
        return Self.html(PageHTML.page(notice, state))
    }

    private struct Event: Encodable {
        struct Done: Encodable {
            var id: String
            var text: String
            var isCut: Bool
            /// HTML of our own, with everything from outside escaped.
            var support: String
        }

        var text: String?
        var waiting: Bool?
        var error: String?
        var done: Done?

        var line: ByteBuffer {
            get throws { ByteBuffer(data: try WireJSON.encode(self) + Data([0x0a])) }
        }
    }

    /// One JSON object a line.
    private func stream(
        _ question: PageDesk.Question, _ asked: (prompt: String, events: AsyncStream<GenerationEvent>)
    ) throws -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/x-ndjson; charset=utf-8"],
            body: ResponseBody { writer in
                var output = writer
                do {
                    let answer = try await desk.answer(asked, to: question) { text in
                        try await output.write(text.map { Event(text: $0) }?.line ?? Event(waiting: true).line)
                    }
                    let done = Event.Done(
                        id: answer.id, text: answer.text, isCut: answer.isCut,
                        support: PageHTML.support(answer.support))
                    try await output.write(Event(done: done).line)
                } catch let failure as GenerationFailure {
                    try await output.write(Event(error: failure.message).line)
                }
                try await output.finish(nil)
            })
    }

    // MARK: Replies

    private static func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        var response = Self.text(text, "text/html; charset=utf-8", status: status)
        if let name = HTTPField.Name("X-Frame-Options") { response.headers[name] = "DENY" }
        return response
    }

    private static func text(_ text: String, _ type: String, status: HTTPResponse.Status = .ok) -> Response {
        let data = Data(text.utf8)
        return Response(
            status: status,
            headers: [
                .contentType: type, .contentLength: String(data.count), .contentSecurityPolicy: PageAssets.policy,
            ], body: .init(byteBuffer: ByteBuffer(data: data)))
    }

    private static func redirect(cookie: String) -> Response {
        Response(status: .seeOther, headers: [.location: "/", .setCookie: cookie, .contentLength: "0"])
    }
}
