"""Record which team owns each object, and when that team has to review it."""
