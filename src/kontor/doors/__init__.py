"""Doors speak a protocol, nothing else: parse, authorise, call one room, answer."""
