-- What a crawl saw, so that the next one can be compared with it (unknown for crawls that were kept before).
ALTER TABLE crawls ADD COLUMN posts_dated INTEGER;
ALTER TABLE crawls ADD COLUMN text_length INTEGER;
ALTER TABLE crawls ADD COLUMN alarm TEXT NOT NULL DEFAULT '';
