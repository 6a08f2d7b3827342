"""What the views share: safe text, numbers in words, the verdict, excerpts and their differences."""
