"""Machines in miniature: network namespaces joined by a bridge, in each of which programs run as on a machine of its own."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

HERE = f"10.213.{os.getpid() % 250 + 1}.1"  # so that two runs of the tests at once do not meet


def can_be_made() -> bool:
    """Whether this process may make network namespaces."""
    return os.name == "posix" and os.getuid() == 0 and shutil.which("ip") is not None and \
        subprocess.run(["unshare", "-n", "true"], capture_output=True).returncode == 0


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True)


@dataclass
class Machine:
    """A network namespace with an address of its own on the bridge."""

    name: str
    address: str
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, command: Sequence[str], **environment: str) -> subprocess.Popen[bytes]:
        program = subprocess.Popen(["ip", "netns", "exec", self.name, *command], env={**os.environ, **environment}, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        self.running.append(program)
        return program

    def kill(self) -> None:
        """Everything that runs there is gone at once, as when a machine loses its power."""
        for pid in subprocess.run(["ip", "netns", "pids", self.name], capture_output=True, text=True, check=True).stdout.split():
            subprocess.run(["kill", "-9", pid], capture_output=True)
        for program in self.running:
            program.wait()


@contextmanager
def machines(many: int) -> Iterator[list[Machine]]:
    """`many` machines that reach one another, and this one at `HERE`."""
    with ExitStack() as undo:
        bridge = f"hb{os.getpid() % 100000}"
        ip("link", "add", bridge, "type", "bridge")
        undo.callback(ip, "link", "del", bridge)
        ip("addr", "add", f"{HERE}/24", "dev", bridge)
        ip("link", "set", bridge, "up")
        found = []
        for at in range(many):
            one = Machine(name=f"{bridge}n{at}", address=f"{HERE.rpartition('.')[0]}.{at + 10}")
            ip("netns", "add", one.name)
            undo.callback(ip, "netns", "del", one.name)
            undo.callback(one.kill)
            outer, inner = f"{bridge}o{at}", f"{bridge}i{at}"
            ip("link", "add", outer, "type", "veth", "peer", "name", inner)
            ip("link", "set", inner, "netns", one.name)
            ip("link", "set", outer, "master", bridge, "up")
            ip("-n", one.name, "addr", "add", f"{one.address}/24", "dev", inner)
            ip("-n", one.name, "link", "set", inner, "up")
            ip("-n", one.name, "link", "set", "lo", "up")
            found.append(one)
        yield found
