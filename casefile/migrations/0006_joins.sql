-- What connecting found out about contacts and joins, so that an update weighs only what may have changed.
-- Each contact that a job offer gives: whether it is nobody's in particular.
CREATE TABLE verdicts (contact TEXT PRIMARY KEY, nobodys INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- Accounts and texts that some join was weighed with (`key` is 64 bits of the hash): how many unrelated people each gives.
CREATE TABLE hubs (key INTEGER PRIMARY KEY, people INTEGER NOT NULL, one_text INTEGER NOT NULL) STRICT;
CREATE TABLE joined (left TEXT NOT NULL, right TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (left, right)) STRICT, WITHOUT ROWID;
CREATE INDEX joined_by_right ON joined (right, left);
ALTER TABLE belongs ADD COLUMN begins INTEGER NOT NULL DEFAULT 0;

-- Links are asked for by both ends, their kind and strength: answered by the index alone.
ALTER TABLE links ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE links ADD COLUMN confidence REAL NOT NULL DEFAULT 0;
DROP INDEX links_by_from;
DROP INDEX links_by_to;
CREATE INDEX links_by_from ON links (from_id, to_id, kind, confidence);
CREATE INDEX links_by_to ON links (to_id, from_id, kind, confidence);
DELETE FROM meta WHERE name = 'connected_as';
