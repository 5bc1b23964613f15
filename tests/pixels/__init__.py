"""The pixel truth: a corpus of made images, an independent reference for each, and the pictures that the house draws.

`corpus` makes the files, `reference` says what they look like, `second_opinion` asks DCMTK, `table` writes
docs/pixels.md. Nothing here but the tests themselves imports Kontor.
"""
