-- Which contacts stand in a text that was sent many times, so that its translations are found from near.
-- `began` is the capture of its first post, in microseconds since 1970.
CREATE TABLE wordings (
    contact TEXT NOT NULL, began INTEGER NOT NULL, campaign TEXT NOT NULL, language TEXT NOT NULL,
    PRIMARY KEY (contact, began, campaign)
) STRICT, WITHOUT ROWID;
CREATE INDEX wordings_by_campaign ON wordings (campaign);
