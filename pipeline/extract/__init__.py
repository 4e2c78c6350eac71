"""Extractors: pure functions from a text and its hints to mentions, one kind of value a file."""
