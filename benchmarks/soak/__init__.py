"""A long watch in a short time: hundreds of scheduled crawls on a clock that runs fast while nothing is done, and faults."""
