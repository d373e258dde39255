"""Tests of the cheap checks."""
