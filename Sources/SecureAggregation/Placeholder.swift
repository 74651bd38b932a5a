enum SecureAggregationPlaceholder {}
