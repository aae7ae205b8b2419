"""Pages of the hall: tickets and acts for the gateway's clients, and the list view."""
