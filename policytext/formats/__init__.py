"""Annotations in and out of files and other programs' formats."""
