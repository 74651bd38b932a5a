enum FederationTestsPlaceholder {}
