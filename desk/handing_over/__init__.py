"""What leaves a case: one door that selects, shields, writes, checks, signs and notes."""
