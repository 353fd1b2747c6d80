"""Real servers on loopback: S3 (moto), SFTP (asyncssh, over a folder) and a web server that can be told to misbehave."""

import asyncio
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest


class Bucket:
    """A bucket of the S3 server; what is put goes straight into it, past the network."""

    def __init__(self, name):
        from moto.core import DEFAULT_ACCOUNT_ID
        from moto.s3.models import s3_backends

        self.name, self.url, self.backend = name, f"s3://{name}", s3_backends[DEFAULT_ACCOUNT_ID]["aws"]
        self.backend.create_bucket(name, "us-east-1")

    def put(self, files):
        for key, content in files.items():
            self.backend.put_object(self.name, key, content if isinstance(content, bytes) else content.encode())

    def delete(self, key):
        self.backend.delete_object(self.name, key)


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    moto = pytest.importorskip("moto.server", reason="moto is not installed: no S3 server to test against")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


@pytest.fixture
def s3(s3_server, monkeypatch, tmp_path, request) -> Bucket:
    """An empty bucket, and an environment that leads to its server."""
    pytest.importorskip("s3fs", reason="s3fs is not installed")
    from s3fs import S3FileSystem

    S3FileSystem.clear_instance_cache()
    for name, value in {"AWS_ENDPOINT_URL": s3_server, "AWS_ACCESS_KEY_ID": "keyid", "AWS_SECRET_ACCESS_KEY": "topsecret",
                        "AWS_DEFAULT_REGION": "us-east-1", "AWS_MAX_ATTEMPTS": "1", "AWS_CONFIG_FILE": str(tmp_path / "none"),
                        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"), "AWS_EC2_METADATA_DISABLED": "true"}.items():
        monkeypatch.setenv(name, value)
    return Bucket(f"b{abs(hash(request.node.nodeid)) % 10**12}")


@dataclass
class SftpServer:
    """An SFTP server whose root is `folder`."""

    folder: Path
    key: object
    client_key: object
    port: int = 0
    listening: object = None
    connections: list = field(default_factory=list)
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)

    def run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(20)

    def start(self):
        import asyncssh

        if not self.loop.is_running():
            threading.Thread(target=self.loop.run_forever, daemon=True).start()
        keys = asyncssh.import_authorized_keys(self.client_key.export_public_key().decode())
        self.listening = self.run(self.listen(keys))
        self.port = self.listening.get_port()

    async def listen(self, keys):
        import asyncssh

        return await asyncssh.listen("127.0.0.1", self.port, server_host_keys=[self.key], authorized_client_keys=keys, config=None,
                                     acceptor=self.connections.append,
                                     sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(self.folder)))

    def stop(self):
        """Ends every connection, as when the machine of the server goes down."""
        async def end():
            self.listening.close()
            await self.listening.wait_closed()
            for connection in self.connections:
                connection.abort()
            self.connections.clear()
        self.run(end())

    @property
    def url(self):
        return f"sftp://auditor@127.0.0.1:{self.port}"


@pytest.fixture(scope="session")
def ssh_keys():
    asyncssh = pytest.importorskip("asyncssh", reason="asyncssh is not installed: no SFTP server to test against")
    return asyncssh.generate_private_key("ssh-ed25519"), asyncssh.generate_private_key("ssh-ed25519")


@pytest.fixture
def sftp(ssh_keys, tmp_path, monkeypatch) -> Iterator[SftpServer]:
    """A server over an empty folder, and a home that knows it and has a key for it."""
    from sshfs import SSHFileSystem

    SSHFileSystem.clear_instance_cache()
    home, folder = tmp_path / "home", tmp_path / "served"
    (home / ".ssh").mkdir(parents=True)
    folder.mkdir()
    server = SftpServer(folder, *ssh_keys)
    server.start()
    (home / ".ssh" / "known_hosts").write_text(f"[127.0.0.1]:{server.port} {server.key.export_public_key().decode()}")
    server.client_key.write_private_key(home / ".ssh" / "id_ed25519")
    monkeypatch.setenv("HOME", str(home))
    yield server
    SSHFileSystem.clear_instance_cache()
    server.stop()
    server.loop.call_soon_threadsafe(server.loop.stop)


class Handler(SimpleHTTPRequestHandler):
    """Files of a folder; `server.faults` gives paths that answer with a status or are cut off, `server.asked` what was asked for."""

    def do_GET(self):
        self.server.asked.append((self.command, self.path))
        fault = self.server.faults.get(self.path)
        if isinstance(fault, int):
            self.send_error(fault)
        elif fault == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"half")
        elif fault:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(fault)
        else:
            super().do_GET()

    def do_HEAD(self):
        self.server.asked.append((self.command, self.path))
        super().do_HEAD()

    def log_message(self, *args):
        pass


@pytest.fixture
def served(tmp_path) -> Iterator[SimpleNamespace]:
    pytest.importorskip("aiohttp", reason="aiohttp is not installed")
    folder = tmp_path / "web"
    folder.mkdir()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    server.asked, server.faults = [], {}
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield SimpleNamespace(folder=folder, url=f"http://127.0.0.1:{server.server_port}/", asked=server.asked, faults=server.faults)
    server.shutdown()
    server.server_close()
