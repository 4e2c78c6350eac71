"""The sites of the demo web: each turns its posts into pages, as such sites do."""
