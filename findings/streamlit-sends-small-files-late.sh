#!/bin/sh
# Guess:    a connection to Streamlit's server sends what is written at once, as asyncio sets TCP_NODELAY for all.
# Happens:  asyncio sets it only where the listening socket was made with IPPROTO_TCP, and Streamlit makes it with
#           socket.socket(family): the connections come without it. On a connection that is kept, the body of
#           a small answer waits until the browser has acknowledged its head, some 40 ms: a map page that
#           fetches its scripts and layers one by one pays this for each.
# Source:   Python, asyncio event loop: since 3.6 TCP_NODELAY is set by default for all TCP connections.
# We:       a rule for serving: bind the socket ourselves, with IPPROTO_TCP.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
trap 'exit 2' INT TERM
cd "$folder"
python3 -m venv env
env/bin/pip install -q streamlit==1.67.0 || exit 2

echo 'import streamlit; streamlit.write("map")' > page.py
cat > look.py <<'PY'
import asyncio, gc, http.client, os, platform, socket, statistics, threading, time
import streamlit
from streamlit.web import bootstrap


def connected(port):
    """A connection that is kept, once something answers at `port`."""
    for _ in range(100):
        client = http.client.HTTPConnection("127.0.0.1", port)
        try:
            client.request("GET", "/_stcore/health")
            client.getresponse().read()
            return client
        except OSError:  # not up yet
            time.sleep(0.2)


def nodelay(client):
    """The option on the server's end of the connection: both ends are in this process."""
    for one in gc.get_objects():
        try:
            if isinstance(one, socket.socket) and one.getpeername() == client.sock.getsockname():
                return bool(one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        except OSError:  # it listens, or is closed
            continue
    return None


def median_ms(client):
    taken = []
    for _ in range(9):
        start = time.perf_counter()
        client.request("GET", "/_stcore/health")
        client.getresponse().read()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def plain(port):
    """A server of asyncio alone, for comparison."""

    async def answer(reader, writer):
        while await reader.readuntil(b"\r\n\r\n"):
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
            writer.write(b"ok")  # head and body on their own, as Streamlit's server sends them

    async def serve():
        async with await asyncio.start_server(answer, "127.0.0.1", port) as server:
            await server.serve_forever()

    asyncio.run(serve())


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def look():
    servers = connected(own), connected(port)
    of_asyncio, of_streamlit = map(nodelay, servers)
    fast, slow = map(median_ms, servers)
    print(f"version:  streamlit {streamlit.__version__}, Python {platform.python_version()}")
    print("expected: TCP_NODELAY on both")
    print(f"seen:     asyncio's own server {of_asyncio}, a small answer in {fast:.1f} ms")
    print(f"seen:     Streamlit's server {of_streamlit}, a small answer in {slow:.1f} ms", flush=True)
    os._exit(0 if (of_asyncio, of_streamlit) == (True, False) else 1)


own, port = free_port(), free_port()
threading.Thread(target=plain, args=(own,), daemon=True).start()
threading.Thread(target=look, daemon=True).start()
options = {"server.port": port, "server.address": "127.0.0.1", "server.headless": True, "browser.gatherUsageStats": False}
bootstrap.load_config_options(options)
bootstrap.run("page.py", False, [], {})
PY
env/bin/python look.py 2>/dev/null
