"""Templates of notes, headers and sentences."""
