"""Lists at a million studies."""
