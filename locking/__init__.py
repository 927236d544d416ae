"""What Tanya runs on, down to the last package and file: written into lock files, compared, and looked up."""
