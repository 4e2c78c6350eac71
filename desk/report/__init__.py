"""The report: one HTML file that works offline and leads from every claim to its evidence."""
