enum FineTuningTestsPlaceholder {}
