"""Taking an app elsewhere: to GitHub, and to anybody's git."""
