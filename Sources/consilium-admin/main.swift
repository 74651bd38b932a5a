internal import CommandLineSupport

await CommandRunner.main(ConsiliumAdmin.self)
