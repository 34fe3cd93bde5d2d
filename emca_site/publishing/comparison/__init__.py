"""A version read in words, and two versions compared."""
