"""What people do to the files of a project; every change is a version that can be undone."""
