"""A relay between the server and PostgreSQL that fails as networks do. It has a thread of its own."""

import asyncio
import socket
import struct
import threading


class Proxy:
    """Relays to `port` on 127.0.0.1. `mode` may be changed at any time: pass; silent: nothing is
    relayed any more, connections stay; no requests, no answers: the same in one direction; refuse: new
    connections are reset. So may `piece`, the bytes relayed at a time, and `latency`, the seconds before
    each piece."""

    def __init__(self, port: int):
        self.target = port
        self.mode = "pass"
        self.piece = 65536
        self.latency = 0.0
        self.accepted = 0
        self.open: set[asyncio.StreamWriter] = set()
        self.loop = asyncio.new_event_loop()
        started = threading.Event()
        self.port = 0

        def run() -> None:
            asyncio.set_event_loop(self.loop)
            server = self.loop.run_until_complete(asyncio.start_server(self.relay, "127.0.0.1", 0))
            self.port = server.sockets[0].getsockname()[1]
            started.set()
            self.loop.run_forever()

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        started.wait()

    def reset_all(self) -> None:
        """Every open connection ends with RST."""
        self.loop.call_soon_threadsafe(lambda: [reset(writer) for writer in list(self.open)])

    async def relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.accepted += 1
        if self.mode == "refuse":
            reset(writer)
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            reset(writer)
            return
        self.open |= {writer, far_writer}
        await asyncio.gather(self.pump(reader, far_writer, "no requests"), self.pump(far_reader, writer, "no answers"))
        self.open -= {writer, far_writer}

    async def pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, held_in: str) -> None:
        try:
            while data := await reader.read(self.piece):
                while self.mode in ("silent", held_in):
                    await asyncio.sleep(0.02)
                if self.latency:
                    await asyncio.sleep(self.latency)
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        writer.close()


def reset(writer: asyncio.StreamWriter) -> None:
    """No goodbye: with SO_LINGER 0 the kernel sends RST."""
    found = writer.get_extra_info("socket")
    if found is not None:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
