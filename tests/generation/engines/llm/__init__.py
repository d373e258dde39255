"""Tests of the engine with a model."""
