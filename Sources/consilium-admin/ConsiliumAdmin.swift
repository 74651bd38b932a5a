internal import ArgumentParser

/// The consortium's admin at the command line. Everything but arguments and text lies in `Admin`.
struct ConsiliumAdmin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consilium-admin",
        abstract: "Run a consortium: let clinics in, sign and propose jobs, and prove from the records what was spent.",
        discussion: """
            The admin's folder is named by --home, else by CONSILIUM_ADMIN_HOME, else it is ./consilium-admin. It holds the \
            consortium's certificate authority: keep it off the coordinator's machine, and keep a backup.

            Exit codes: 0 done, 1 a check found violations, 64 usage, 65 bad data, 69 coordinator unreachable, 74 input or \
            output, 75 try again, 77 refused.
            """,
        version: "0.1.0",
        subcommands: [],
        groupedSubcommands: [
            CommandGroup(
                name: "Consortium:",
                subcommands: [
                    InitCommand.self, TokenCommands.self, RosterCommands.self, ClinicsCommands.self, RenewCommand.self,
                    StatusCommand.self,
                ]),
            CommandGroup(name: "Training:", subcommands: [JobCommands.self, ModelCommands.self]),
            CommandGroup(
                name: "Proof, offline:",
                subcommands: [
                    AuditCommand.self, BudgetCommand.self, PlanCommand.self, EpsilonCommand.self,
                    CalibrateCommand.self,
                    BenchCommand.self,
                ]),
        ])
}
