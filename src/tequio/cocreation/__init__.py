"""From the public problem to the drafted commitment: problems, calls, tables, contributions, reasoned responses."""
