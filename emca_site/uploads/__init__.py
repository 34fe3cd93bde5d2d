"""What people upload: checked by its content; pictures are redrawn."""
