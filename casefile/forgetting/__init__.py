"""Forgetting: what a person asks to be removed, or what is too old, leaves store and evidence; the chain stays whole."""
