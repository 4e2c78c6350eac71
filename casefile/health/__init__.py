"""Whether a case is well: looked at without opening it, so that a damaged one can be looked at too."""
