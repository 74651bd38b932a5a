import CommandLineSupport

await CommandRunner.main(ConsiliumCoordinator.self)
