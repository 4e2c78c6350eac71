"""Seals: what a case was at one moment, signed with its key, and stamped by an authority's clock."""
