#!/usr/bin/env python3
"""slow_proxy.py DIRECTORY MILLISECONDS PORT: serves files on the loopback interface, each so long after it was asked
for. Plain HTTP/1.1 with connections that stay: a real server stands in front of it where TLS is wanted."""
import asyncio
import pathlib
import sys
import urllib.parse


def reply_to(root, path):
    file = root / urllib.parse.unquote(path).lstrip("/")
    body = file.read_bytes() if file.is_file() else b""
    status = "200 OK" if body else "404 Not Found"
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def serve(reader, writer, root, delay):
    try:
        while True:
            request = await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(delay)
            writer.write(reply_to(root, request.split(b" ")[1].decode()))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main(directory, milliseconds, port):
    root = pathlib.Path(directory)
    server = await asyncio.start_server(
        lambda reader, writer: serve(reader, writer, root, int(milliseconds) / 1000), "127.0.0.1", int(port)
    )
    async with server:
        await server.serve_forever()


asyncio.run(main(*sys.argv[1:]))
