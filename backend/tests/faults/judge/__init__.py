"""The judge outside of the server: a client that writes down what it sent and what was acknowledged,
and a checker that compares those notes with the database."""
