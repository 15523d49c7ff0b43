"""Small programs for the people who work on Milieu; nothing in here is part of the running program."""
