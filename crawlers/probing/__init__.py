"""Probing: what a page or a file is and what would come of it, before it becomes a source."""
