"""Write moments in UK time, handle clock changes, and read dates as people type them."""
