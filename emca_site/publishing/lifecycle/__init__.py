"""What is public, retired, moved or gone, and what links to it."""
