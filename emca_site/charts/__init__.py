"""Charts made on the server: scales, places, labels. They do not depend on the model Figure."""
