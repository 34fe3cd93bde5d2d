"""Define who may do what on the desk, and every message of refusal."""
