"""Speeds beside peers and raw ceilings, measured in one run; written to `bench/results`."""
