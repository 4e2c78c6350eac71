"""The desk's page: a case in the browser of the person who works on it, served to this machine only."""
