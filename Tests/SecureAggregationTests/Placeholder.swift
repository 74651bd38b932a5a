enum SecureAggregationTestsPlaceholder {}
