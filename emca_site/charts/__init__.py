"""Charts drawn on the server: scales, places, labels. They know no figure."""
