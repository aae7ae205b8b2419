"""What pages and API read of intake."""
