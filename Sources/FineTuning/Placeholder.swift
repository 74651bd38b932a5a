enum FineTuningPlaceholder {}
