"""Killing things at random while apps are made, and looking whether anything was lost."""
