internal import CommandLineSupport

await CommandRunner.main(ConsiliumBench.self)
