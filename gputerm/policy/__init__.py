"""Who is meant and who may: expressions that select windows, patterns, trust and its privileges."""
