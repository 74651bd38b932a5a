enum CoordinatorTestsPlaceholder {}
