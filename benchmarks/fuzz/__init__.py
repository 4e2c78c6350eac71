"""Hurtful inputs for everything that reads what strangers wrote: no crash, no hang."""
