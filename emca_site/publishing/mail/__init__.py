"""Send mail to people on the desk, and choose who gets mail about an object."""
