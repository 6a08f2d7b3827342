"""Whether a report passes: the conditions asked of it, what is allowed, what counts."""
