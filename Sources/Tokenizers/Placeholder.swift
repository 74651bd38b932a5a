enum TokenizersPlaceholder {}
