"""One terminal at work, with all that belongs to it alone. Knows no window, drawing or socket."""
