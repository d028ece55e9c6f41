"""Finding text: expressions, and what they match in a terminal's history and screen."""
