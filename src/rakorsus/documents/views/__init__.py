"""Pages of papers: settings, and the public page of one."""
