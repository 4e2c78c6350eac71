-- All languages of a post, the main one first, with spaces between.
ALTER TABLE readings ADD COLUMN languages TEXT NOT NULL DEFAULT '';
