"""How the names model is made: corpora and posts of our own writing in, a small model and its figures out."""
