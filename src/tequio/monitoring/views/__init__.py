"""Pages of the board, of the committee, and of reporting and verifying."""
