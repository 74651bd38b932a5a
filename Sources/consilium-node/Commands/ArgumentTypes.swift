public import ArgumentParser
public import FineTuning
public import LanguageModels
public import Ledger
public import Node

// What options may be is what the modules know; help texts list it.
extension BaseStorage: ExpressibleByArgument {}
extension BenchClock: ExpressibleByArgument {}
extension BenchShape: ExpressibleByArgument {}
extension ComputeDevice: ExpressibleByArgument {}
extension CanaryPlan.Score: ExpressibleByArgument {}
extension OptimizerConfiguration.Method: ExpressibleByArgument {}
extension EvaluationRequest.Task: ExpressibleByArgument {}
extension FeedbackExport.Form: ExpressibleByArgument {}
extension GGUFFormat: ExpressibleByArgument {}
