"""Referral: getting a plea for help to those who can help, with no more than they need."""
