"""Repeated records in pages that nobody wrote a scraper for: found by structure, ranked by how they read."""
