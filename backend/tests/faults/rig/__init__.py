"""What the faults are done to: the server, a PostgreSQL, a proxy, a mail server, each of our own."""
