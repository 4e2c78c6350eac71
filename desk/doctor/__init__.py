"""`jejak doctor`: is everything well, and what is to be done."""
