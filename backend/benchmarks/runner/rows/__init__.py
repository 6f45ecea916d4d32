"""What is measured: each function takes the Bench and gives Rows."""

from runner.rows import curve, lists, logins, memory, mixed, page, postgres, start, writes

# In the order of the table. A name may give several rows.
ROWS = {
    "list_hot": lists.list_hot,
    "list_uniform": lists.list_uniform,
    "delta": lists.empty_delta,
    "create": writes.create,
    "complete": writes.complete,
    "curve": curve.curve,
    "postgres": postgres.list_on_postgres,
    "logins": logins.logins,
    "storm": logins.reads_beside_logins,
    "mixed": mixed.mixed_load,
    "memory": memory.memory,
    "start": start.start_to_ready,
    "page": page.page,
}
