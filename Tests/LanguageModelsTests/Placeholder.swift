enum LanguageModelsTestsPlaceholder {}
