"""What people ask of a connected case: routes, reasons, key recruiters, times, and comparisons."""
