"""Networks as files for other programs: one format, one module; each set of files with a manifest."""
