"""Spiders of single sites that no family fits as it is; each extends its family and says why."""
