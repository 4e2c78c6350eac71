-- Who and what was forgotten on request, as digests: what of it comes by again is not taken in (see casefile/forgetting/).
CREATE TABLE forgotten (mark TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
