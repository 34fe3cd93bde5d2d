"""Who may do what, and every refusal."""
