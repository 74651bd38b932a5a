enum EvaluationTestsPlaceholder {}
