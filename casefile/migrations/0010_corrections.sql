-- What people set right in a reading, by number, with spaces between.
ALTER TABLE readings ADD COLUMN corrections TEXT NOT NULL DEFAULT '';
CREATE INDEX readings_corrected ON readings (post_id) WHERE corrections != '';
