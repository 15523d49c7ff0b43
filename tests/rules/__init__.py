"""The rules, each with the cases that say what it means."""
