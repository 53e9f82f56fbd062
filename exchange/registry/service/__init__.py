"""What can be done with the records of the registry. Functions change, flush and record; they never commit."""
