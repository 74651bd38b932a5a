import CommandLineSupport

await CommandRunner.main(ConsiliumNode.self)
