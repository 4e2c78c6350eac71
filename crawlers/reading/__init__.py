"""Reading a page: pure functions from what a site sent to what it tells about posts. No network here."""
