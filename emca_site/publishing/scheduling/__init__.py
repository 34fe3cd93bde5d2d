"""What goes live and ends at its time."""
