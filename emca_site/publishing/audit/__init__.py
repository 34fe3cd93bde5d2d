"""What took effect on one person's word: before and after, and who signs it."""
