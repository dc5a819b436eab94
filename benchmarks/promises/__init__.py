"""One promise a file: each tries it so many times in a folder of its own and counts how often it was broken."""
