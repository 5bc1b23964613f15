"""Kontor: a radiology archive, reading room and data broker."""
