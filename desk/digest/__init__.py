"""The daily digest: what is new in a case, what the watches found, and how the sources are."""
