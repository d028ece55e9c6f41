"""What is compiled: bytes to cells. Python source that runs interpreted as well."""
