"""Pages: the public site, the editors' desk, agreements."""
