"""The case's database: everything derived, in SQLite; it can be thrown away and made again from the evidence."""
