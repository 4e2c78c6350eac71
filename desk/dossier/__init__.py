"""The dossier: one network or recruiter on paper, in the reader's language, with the proof of every statement."""
