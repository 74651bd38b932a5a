enum ConsiliumCoreTestsPlaceholder {}
