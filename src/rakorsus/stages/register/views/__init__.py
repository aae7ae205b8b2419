"""Pages of the register. They read by queries and change by actions."""
