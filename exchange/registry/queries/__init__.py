"""Reading the board, what was sent, and the correction list."""
