"""Comparisons as documents and files for people.

`redline` is the new sheet with its changes tracked, for Word.
"""
