"""Kibana: what Jejak puts there, made from plain values, and how it gets there."""
