"""Mail to people at the desk: how it is sent, and who hears of one thing."""
