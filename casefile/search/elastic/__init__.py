"""The index of a team: a projection of the case in Elasticsearch. The case stays the truth."""
