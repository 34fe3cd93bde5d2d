"""Record what one person did without approval: values before and after, and who signs it."""
