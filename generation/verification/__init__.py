"""Proof that a generated app installs, passes its own checks, runs and can be used.

The app's code is run as it is, with the rights of whoever asks: outside any sandbox.
"""
