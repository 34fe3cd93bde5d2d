"""Check content before it is published. The code calls these checks the gate."""
