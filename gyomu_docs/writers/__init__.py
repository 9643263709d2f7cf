"""Finished values to files: one package a format."""
