"""Speed, memory and accuracy, measured; ratios within one run wherever possible."""
