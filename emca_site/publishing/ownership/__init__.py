"""Which team answers for what, and when it is to be reviewed."""
