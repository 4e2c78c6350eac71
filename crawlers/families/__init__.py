"""Families of sites: one short spider each; a source's file says the rest."""
