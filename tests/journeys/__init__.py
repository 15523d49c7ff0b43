"""What people do in a browser, from the door to the record, on a house that a real server serves."""
