enum LanguageModelsPlaceholder {}
