"""nginx that serves one answer of the server from a file."""

import os
from pathlib import Path

from runner.processes import Running, answers, free_port
from runner.server import Answer

CONFIGURATION = """\
{user}
daemon off;
worker_processes {workers};
pid {folder}/pid;
error_log {folder}/error.log;
worker_rlimit_nofile 4096;
events {{ worker_connections 2048; }}
http {{
    access_log off;
    server_tokens off;
    etag off;
    sendfile on;
    tcp_nopush on;
    tcp_nodelay on;
    keepalive_timeout 30s;
    keepalive_requests 1000;
    open_file_cache max=10 inactive=60s;
    open_file_cache_valid 60s;
    default_type {content_type};
    types {{ }}
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port} reuseport;
        location = /api/tasks {{
            alias {folder}/answer;
{headers}
        }}
    }}
}}
"""

# nginx writes these itself.
ITS_OWN = {"date", "content-length", "content-type", "connection"}


class Nginx(Running):
    """Serves the body of `answer` at /api/tasks with the same header fields, from as many workers as
    the server has I/O threads."""

    def __init__(self, folder: Path, answer: Answer):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "answer").write_bytes(answer.body)
        self.port = free_port()
        headers = {name: value for name, value in answer.headers if name.lower() not in ITS_OWN}
        (folder / "nginx.conf").write_text(CONFIGURATION.format(
            folder=folder,
            user="user root;" if os.geteuid() == 0 else "",
            workers=len(os.sched_getaffinity(0)),
            port=self.port,
            content_type=quoted(dict(answer.headers)["Content-Type"]),
            headers="\n".join(f"            add_header {name} {quoted(value)};" for name, value in headers.items()),
        ))
        super().__init__("/usr/sbin/nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log"),
                         log=folder / "log")
        self.wait_until(lambda: answers(self.port))


def quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
