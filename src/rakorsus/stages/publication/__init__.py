"""Publication: releases, articles, agreements, open data."""
