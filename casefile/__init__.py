"""The ground: records, settings, storage, evidence and search. Every other room stands on it."""
