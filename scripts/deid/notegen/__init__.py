"""Synthetic English clinical notes in which the position of every identifier is known exactly."""
