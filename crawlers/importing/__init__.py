"""Files that an investigator was given: what they are, and the posts that are in them."""
