-- What connecting saw, so that new posts are connected without looking at all others again. Can be made anew any time.
CREATE TABLE observations (
    number INTEGER PRIMARY KEY, post_id TEXT NOT NULL UNIQUE, shape TEXT, record TEXT NOT NULL
) STRICT;
-- The posts under each key (a contact, an account, a text, a claim): `key` is 64 bits of its hash, `number` is in capture order.
CREATE TABLE touches (key INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX touches_by_key ON touches (key, number, at);
CREATE TABLE namesakes (key TEXT NOT NULL, contact TEXT NOT NULL, PRIMARY KEY (key, contact)) STRICT, WITHOUT ROWID;
CREATE TABLE belongs (node TEXT PRIMARY KEY, contact TEXT NOT NULL, actor TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX belongs_by_contact ON belongs (contact);
CREATE INDEX belongs_by_actor ON belongs (actor);

ALTER TABLE links ADD COLUMN from_id TEXT NOT NULL DEFAULT '';
ALTER TABLE links ADD COLUMN to_id TEXT NOT NULL DEFAULT '';
CREATE INDEX links_by_from ON links (from_id);
CREATE INDEX links_by_to ON links (to_id);


-- Posts that were read, or changed, since they were connected.
CREATE TABLE unconnected (post_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TRIGGER reading_is_new AFTER INSERT ON readings BEGIN
    INSERT OR IGNORE INTO unconnected VALUES (new.post_id);
END;
CREATE TRIGGER post_is_changed AFTER UPDATE OF sha256 ON posts WHEN new.sha256 IS NOT old.sha256 BEGIN
    INSERT OR IGNORE INTO unconnected VALUES (new.id);
END;
