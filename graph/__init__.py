"""Connect: turn mentions into actors, links and networks, each with the posts that prove it."""
