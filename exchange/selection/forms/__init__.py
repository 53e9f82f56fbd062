"""What people enter about batches and their selection."""
