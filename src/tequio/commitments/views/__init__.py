"""Pages of commitments: those that everybody reads and those where they are written."""
