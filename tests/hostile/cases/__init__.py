"""Hostile files, a module for each format; `CASES` has them all."""
from . import of_epub, of_html, of_json, of_markdown, of_pictures, of_surroundings, of_text, of_xml  # noqa: F401  each adds its own
from .collection import CASES

__all__ = ["CASES"]
