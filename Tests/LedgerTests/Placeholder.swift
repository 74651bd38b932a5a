enum LedgerTestsPlaceholder {}
