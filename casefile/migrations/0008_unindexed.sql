-- What an index elsewhere (Elasticsearch) does not hold as it is here. Triggers fill it from when a case is first indexed
-- on (see casefile/store/unindexed.py); what could not be sent stays, with the reason.
-- `was`: what the index may hold of it (of a post the number of its mentions, else the record); NULL: nothing.
-- `due`: must be sent even if it is again as it was.
CREATE TABLE unindexed (
    kind TEXT NOT NULL, id TEXT NOT NULL, was TEXT, due INTEGER NOT NULL DEFAULT 0, marks INTEGER NOT NULL DEFAULT 1,
    reason TEXT NOT NULL DEFAULT '', PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
-- The actors, networks and campaigns that each post belongs to, as they were marked last.
CREATE TABLE post_ties (
    post_id TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (post_id, kind, id)
) STRICT, WITHOUT ROWID;
