enum TokenizersTestsPlaceholder {}
