"""Collect: turn the public web, and files that an investigator was given, into posts with evidence."""
