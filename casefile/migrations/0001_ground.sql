-- Everything here is derived: from evidence/ (posts, captures, pages, crawls), from config/ (readings), from both (connections).
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What was collected ------------------------------------------------------------------------------------------------
CREATE TABLE warcs (file TEXT PRIMARY KEY, counted INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE crawls (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, begun_at TEXT NOT NULL, ended_at TEXT, outcome TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '', pages INTEGER NOT NULL DEFAULT 0, posts_seen INTEGER NOT NULL DEFAULT 0,
    posts_new INTEGER NOT NULL DEFAULT 0, posts_changed INTEGER NOT NULL DEFAULT 0, posts_gone INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX crawls_by_source ON crawls (source, begun_at);

CREATE TABLE pages (
    source TEXT NOT NULL, url TEXT NOT NULL, etag TEXT, last_modified TEXT, payload_sha256 TEXT NOT NULL,
    warc_file TEXT NOT NULL, warc_offset INTEGER NOT NULL, record_id TEXT NOT NULL, seen_at TEXT NOT NULL,
    PRIMARY KEY (source, url)
) STRICT, WITHOUT ROWID;

CREATE TABLE files (
    sha256 TEXT NOT NULL, source TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL, warc_file TEXT NOT NULL,
    warc_offset INTEGER NOT NULL, record_id TEXT NOT NULL, at TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (source, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE posts (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, source TEXT NOT NULL, native_id TEXT, url TEXT, title TEXT,
    author TEXT, author_url TEXT, published TEXT, published_precision TEXT, published_words TEXT, lang TEXT, region TEXT,
    thread TEXT, reply_to TEXT, forwarded_from TEXT, views INTEGER, media TEXT NOT NULL DEFAULT '[]', text TEXT NOT NULL,
    sha256 TEXT NOT NULL, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, last_crawl TEXT, gone_at TEXT
) STRICT;
CREATE INDEX posts_by_source ON posts (source, id);
CREATE INDEX posts_by_native_id ON posts (native_id) WHERE native_id IS NOT NULL;

CREATE TABLE captures (
    id TEXT PRIMARY KEY, post_id TEXT NOT NULL, source TEXT NOT NULL, captured_at TEXT NOT NULL, page_url TEXT NOT NULL,
    status INTEGER NOT NULL, warc_file TEXT NOT NULL, warc_offset INTEGER NOT NULL, record_id TEXT NOT NULL,
    payload_sha256 TEXT NOT NULL, post_sha256 TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX captures_by_post ON captures (post_id, captured_at);

CREATE TABLE problems (
    id TEXT PRIMARY KEY, at TEXT NOT NULL, stage TEXT NOT NULL, item TEXT NOT NULL, reason TEXT NOT NULL,
    remedy TEXT NOT NULL, source TEXT, post_id TEXT, times INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE INDEX problems_by_post ON problems (post_id) WHERE post_id IS NOT NULL;

-- What was read -----------------------------------------------------------------------------------------------------
CREATE TABLE readings (
    post_id TEXT PRIMARY KEY, version TEXT NOT NULL, post_sha256 TEXT NOT NULL, lang TEXT NOT NULL, kind TEXT NOT NULL,
    kind_confidence REAL NOT NULL, suspect REAL NOT NULL, reasons TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX readings_by_kind ON readings (kind);

CREATE TABLE mentions (
    post_id TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, label TEXT NOT NULL, surface TEXT NOT NULL,
    value TEXT NOT NULL, confidence REAL NOT NULL, extractor TEXT NOT NULL, attributes TEXT NOT NULL, entity_id TEXT,
    PRIMARY KEY (post_id, start, end, label, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX mentions_by_entity ON mentions (entity_id, post_id) WHERE entity_id IS NOT NULL;

-- What was connected ------------------------------------------------------------------------------------------------
CREATE TABLE entities (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE actors (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE links (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE networks (id TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Search: `words` are made by casefile/search/tokens.py, so that scripts without spaces can be searched too.
CREATE VIRTUAL TABLE words USING fts5 (tokens, tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Mn Mc Me Co' tokenchars '_'");
