"""The progress of a commitment: periods, statuses, targets and its published history."""
