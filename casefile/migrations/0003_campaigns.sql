-- Texts that were sent many times; made anew whenever the case is connected.
CREATE TABLE campaigns (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
