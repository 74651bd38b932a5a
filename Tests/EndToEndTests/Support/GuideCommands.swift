import ConsiliumTesting
import Foundation

/// The commands of a guide: what stands in its blocks of shell, each under the machine that types it.
///
/// ```sh
/// # machine
/// program words…
/// ```
struct GuideCommand: Sendable {
    var machine: String
    var program: Program
    var arguments: [String]

    static func all(in file: String) throws -> [GuideCommand] {
        let text = try String(contentsOf: SharedData.packageRoot.appendingPathComponent(file), encoding: .utf8)
        var commands: [GuideCommand] = []
        var machine: String?
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("```") {
                isInside = line == "```sh"
                machine = nil
            } else if isInside, line.hasPrefix("# ") {
                machine = String(line.dropFirst(2))
            } else if isInside, !line.isEmpty {
                let words = words(of: line)
                guard let machine, let program = words.first.flatMap(Program.init(rawValue:)) else {
                    throw Consortium.Failure("“\(line)” is no command of ours, or stands under no machine.")
                }
                commands.append(GuideCommand(machine: machine, program: program, arguments: Array(words.dropFirst())))
            }
        }
        return commands
    }

    /// The same command with what people put in place of these words.
    func replacing(_ values: [String: String]) -> GuideCommand {
        var command = self
        command.arguments = arguments.map { argument in
            values.reduce(argument) { $0.replacing($1.key, with: $1.value) }
        }
        return command
    }

    /// As a shell splits a line with double quotes and nothing else special.
    private static func words(of line: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case " " where !isQuoted:
                if !word.isEmpty { words.append(word) }
                word = ""
            default: word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }
}
