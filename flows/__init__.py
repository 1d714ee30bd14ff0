"""customhouse: trade-statistics articles in, a warehouse out."""
