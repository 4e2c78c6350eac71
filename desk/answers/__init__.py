"""Answers about a case, for people and for programs."""
