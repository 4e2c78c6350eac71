"""Where a person sits: the command line, the report, the demo."""
