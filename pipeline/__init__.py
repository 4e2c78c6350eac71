"""Read: turn the text of posts into mentions, with exact places and honest confidence."""
