"""The hall: the meeting in the browser, on the same records."""
