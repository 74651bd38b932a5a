/// What a template is made of.
struct JinjaStatement: Sendable {
    indirect enum Kind: Sendable {
        case text(JinjaText)
        case output(JinjaExpression)
        case branches([(condition: JinjaExpression?, body: [JinjaStatement])])
        case loop(Loop)
        case set(JinjaTarget, JinjaExpression)
        case setBlock(String, [JinjaStatement], filters: [JinjaFilter])
        case macro(String, [(name: String, standard: JinjaExpression?)], [JinjaStatement])
        /// What the assistant says, for the loss.
        case generation([JinjaStatement])
        case leaveLoop
        case nextRound
    }

    struct Loop: Sendable {
        var targets: [String]
        var items: JinjaExpression
        var condition: JinjaExpression?
        var body: [JinjaStatement]
        var otherwise: [JinjaStatement]
    }

    let kind: Kind
    let line: Int
}

/// What a `set` writes to.
enum JinjaTarget: Sendable {
    case names([String])
    case attribute(of: String, String)
}

/// A filter or a test with its arguments.
struct JinjaFilter: Sendable {
    var name: String
    var arguments: JinjaArguments
}

struct JinjaArguments: Sendable {
    var positional: [JinjaExpression] = []
    var named: [(name: String, value: JinjaExpression)] = []

    var all: [JinjaExpression] { positional + named.map(\.value) }
}

/// An expression that knows how deep it is, so that neither reading nor evaluating it can exhaust the stack.
struct JinjaExpression: Sendable {
    static let deepest = 200

    indirect enum Kind: Sendable {
        case text(JinjaText)
        case integer(Int)
        case number(Double)
        case bool(Bool)
        case none
        case name(String)
        case list([JinjaExpression])
        case dictionary([(key: JinjaExpression, value: JinjaExpression)])
        case attribute(JinjaExpression, String)
        case item(JinjaExpression, JinjaExpression)
        case slice(JinjaExpression, JinjaExpression?, JinjaExpression?, JinjaExpression?)
        case call(JinjaExpression, JinjaArguments)
        case filter(JinjaExpression, JinjaFilter)
        case test(JinjaExpression, JinjaFilter, isNegated: Bool)
        case not(JinjaExpression)
        case minus(JinjaExpression)
        case plus(JinjaExpression)
        case and(JinjaExpression, JinjaExpression)
        case or(JinjaExpression, JinjaExpression)
        case arithmetic(String, JinjaExpression, JinjaExpression)
        case concatenation([JinjaExpression])
        case comparison(JinjaExpression, [(sign: String, right: JinjaExpression)])
        case condition(JinjaExpression, then: JinjaExpression, otherwise: JinjaExpression?)
    }

    let kind: Kind
    let depth: Int
}
