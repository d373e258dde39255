"""Agents: typed functions from a request to a shape of seed 004, by rules or with a model."""
