"""What control functions do that the core leaves to Python: a row each, and its function."""
