"""Search: one query language; today on the embedded database."""
