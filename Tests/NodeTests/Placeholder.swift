enum NodeTestsPlaceholder {}
