"""Reading the hall: its state, its acts, booths, the city table, how tables end."""
