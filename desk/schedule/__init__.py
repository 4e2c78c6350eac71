"""Runs by itself: when each source is crawled, the daemon that does it, what it tells, and how it is installed."""
