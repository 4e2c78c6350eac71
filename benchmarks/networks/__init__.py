"""Synthetic networks of recruiters with known truth, and the measuring of what Jejak finds of them."""
