"""Words that notes are composed of."""
