"""What a case goes through without loss: kills at random moments, and disks, clocks, memory and sources that fail."""
