"""From nothing to a first window whose program runs, in as little time as possible."""
