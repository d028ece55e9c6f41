"""A terminal as a document for others: JSON, plain text, SGR, HTML."""
